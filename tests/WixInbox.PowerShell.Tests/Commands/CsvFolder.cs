namespace WixInbox.PowerShell.Tests;

/// <summary>
/// A session in a folder of its own, for files that are read there. <c>$exports</c> has those of other programs.
/// </summary>
internal sealed class CsvFolder : IDisposable
{
    public CsvFolder()
    {
        Engine.Set("folder", Folder.Path);
        Engine.Set("exports", Path.Combine(AppContext.BaseDirectory, "Csv", "Exports"));
        Engine.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)");
    }

    public TemporaryFolder Folder { get; } = new();

    public Engine Engine { get; } = new();

    public void Write(string name, string text) => File.WriteAllText(Folder.File(name), text);

    public void Dispose()
    {
        Engine.Dispose();
        Folder.Dispose();
    }
}
