using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Linking;

return args[0] == LinkChild.Name ? await LinkChild.RunAsync(args[1..]) : await EngineChild.RunAsync(args);
