using Stillframe.EndToEnd.Engines;

return await EngineChild.RunAsync(args);
