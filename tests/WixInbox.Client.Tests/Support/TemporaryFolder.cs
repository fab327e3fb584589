using System.Text;

namespace WixInbox.Tests;

/// <summary>A folder of a test's own, which goes with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wixinbox-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Makes a pipe, where the system has them among its files.</summary>
    public string MakePipe(string name)
    {
        using var process = System.Diagnostics.Process.Start("mkfifo", $"\"{this[name]}\"");
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
