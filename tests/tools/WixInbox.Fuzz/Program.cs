using System.Globalization;
using WixInbox.Fuzz;

FuzzTarget[] targets =
[
    new AnswersTarget(), new ErrorBodiesTarget(), new JournalTarget(), new JournalLinesTarget(), new PicturesTarget(),
    new CsvTarget(),
];
var target = Array.Find(targets, one => one.Name == args.FirstOrDefault());
if (target is null)
{
    Console.Error.WriteLine("WixInbox.Fuzz <target> [<seconds>] [<seed>], or WixInbox.Fuzz <target> <file>");
    Console.Error.WriteLine($"Targets: {string.Join(", ", targets.Select(one => one.Name))}.");
    return 64;
}

if (args.Length > 1 && File.Exists(args[1]))
{
    target.Run(File.ReadAllBytes(args[1]));
    return 0;
}

if (!Instrumentation.IsDone)
{
    return Instrumentation.StartCopy(args);
}

var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60;
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
return new FuzzRun(target, new Coverage(), seed, Path.Combine("out", "fuzz")).Run(TimeSpan.FromSeconds(seconds)) == 0
    ? 0 : 1;
