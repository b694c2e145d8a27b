using Labels.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFrameDataSource(Provider.Factory, frame: builder.Configuration.GetConnectionString("Frame"), master: builder.Configuration.GetConnectionString("Master"));
builder.Services.AddSingleton<SimilarObjects>().AddSingleton<JobQueue>();
for (var number = 0; number < builder.Configuration.GetValue("Worker:Jobs", 2); number++) // at a time
    builder.Services.AddSingleton<IHostedService, QueueWorker>();
await builder.Build().RunAsync();
