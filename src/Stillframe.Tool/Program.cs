using Stillframe.Tool;

return await CommandLine.RunAsync(args, new(Console.Out, Console.Error));
