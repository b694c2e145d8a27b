using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Gazetteer;
using Gazetteer.Database;
using Gazetteer.Places;
using Gazetteer.Versions;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Stillframe.Client.AspNetCore;

if (await HealthProbe.RunAsync(args) is { } exitCode)
    return exitCode;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(GazetteerDatabase.Source(ConnectionSettings.ConnectionString(builder.Configuration)));
builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(options =>
{
    options.SerializerOptions.TypeInfoResolverChain.Insert(0, GazetteerJson.Default);
    options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    options.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All); // names as they are, not as \u00f3
});

var app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    StatusCodeSelector = exception => exception is DbException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
});
app.UseStatusCodePages(); // gives problem details for unknown paths, too
app.MapPlaces();
app.MapGet("/version", async (DbDataSource database, CancellationToken cancellationToken) =>
    await VersionReport.ReadAsync(database, cancellationToken));
app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = DatabaseHealth.WriteAsync });
await app.RunAsync();
return 0;
