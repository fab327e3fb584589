using System.Diagnostics;
using WixInbox.CrashSender;

namespace WixInbox.Crash.Tests;

/// <summary>
/// A program that sends the rows of <see cref="Workload"/> with a journal. It ends with 0 if all are sent.
/// </summary>
internal sealed class SendingProgram
{
    private readonly Func<Uri, string, string[]> _command;

    private SendingProgram(Func<Uri, string, string[]> command)
    {
        _command = command;
    }

    /// <summary>Gets the folder that has all of this.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Gets one that has the client library alone.</summary>
    public static SendingProgram Client { get; } =
        new((address, journal) => ["dotnet", typeof(Workload).Assembly.Location, address.AbsoluteUri, journal]);

    /// <summary>Makes PowerShell itself, with the module as it ships and a script that sends the rows.</summary>
    /// <param name="folder">A folder of the test's own.</param>
    public static SendingProgram PowerShell(string folder)
    {
        var lines = Workload.Create().Select(row => row.Recipient.Kind == RecipientKind.Contact
            ? $"{row.Recipient.Id},,{row.Text}"
            : $",{row.Recipient.Id},{row.Text}");
        File.WriteAllLines(Path.Combine(folder, "rows.csv"), lines.Prepend("ContactId,ConversationId,Text"));
        var here = new DirectoryInfo(AppContext.BaseDirectory);

        // The console host of PowerShell, which needs no PowerShell on the machine.
        var shell = Path.Combine(
            Repository, "src", "WixInbox.Demo", "bin", here.Parent!.Name, here.Name, "WixInbox.Demo.dll");
        string[] send = ["dotnet", shell, "-NonInteractive", "-File", Path.Combine(here.FullName, "send.ps1"), folder];
        return new((address, journal) => [.. send, address.AbsoluteUri, journal]);
    }

    /// <summary>Makes this one as another program starts it, whose arguments end with a whole command.</summary>
    public SendingProgram By(params string[] starter) =>
        new((address, journal) => [.. starter, .. _command(address, journal)]);

    /// <summary>Starts it.</summary>
    /// <param name="address">The server.</param>
    /// <param name="journal">The journal.</param>
    public Process Start(Uri address, string journal)
    {
        var command = _command(address, journal);
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WixInbox.psd1")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
