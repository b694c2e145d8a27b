using Labels;
using Labels.Objects;
using Labels.Pages;
using Labels.Similar;
using Stillframe.Client.AspNetCore;

if (await HealthProbe.RunAsync(args) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateSlimBuilder(args);
var key = builder.Configuration["Labels:Key"]; // signs the cookie; the same in all replicas
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 64 * 1024);
builder.Services.AddFrameDataSource(Provider.Factory, frame: builder.Configuration.GetConnectionString("Frame"), master: builder.Configuration.GetConnectionString("Master"));
builder.Services.AddSingleton<Museum>().AddSingleton<SimilarJobs>();
builder.Services.AddHealthChecks().AddFrame(DatabaseImage.SchemaVersion);
if (key is null)
    builder.Services.AddDataProtection(); // a developer's machine has one replica

var app = builder.Build();
app.UsePages();
app.UseReadYourWrites(options => options.Key = key);
app.MapHealthChecks("/health");
app.MapObjects();
await app.RunAsync();
return 0;
