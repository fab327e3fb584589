using System.Diagnostics;
using System.Reflection;

namespace WixInbox.Tests.Desktop;

/// <summary>
/// The cmdlets' assembly finds System.Text.Json and what that needs beside itself, in a program that knows nothing of
/// them. The folder is a copy of the staged one, with the shape of the engine beside the rest.
/// </summary>
public sealed class DesktopAssembliesTests : IDisposable
{
    private const string Json = "System.Text.Json";

    private static readonly string s_tests = Path.GetDirectoryName(typeof(DesktopAssembliesTests).Assembly.Location)!;

    private readonly string _module = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public DesktopAssembliesTests()
    {
        Directory.CreateDirectory(_module);
        foreach (var file in Directory.GetFiles(Path.Combine(s_tests, "module"), "*.dll"))
        {
            File.Copy(file, PathOf(Path.GetFileNameWithoutExtension(file)));
        }
    }

    public void Dispose() => Directory.Delete(_module, recursive: true);

    [Fact]
    public void What_the_module_brings_is_loaded_from_its_folder_when_it_is_imported() =>
        Assert.Equal(
            ["not loaded", "imported", PathOf(Json), PathOf("System.Memory")],
            Run($"location {Json}", "import", $"location {Json}", "location System.Memory"));

    [Theory]
    [InlineData(Json)]
    [InlineData("System.Memory")]
    [InlineData("System.Runtime.CompilerServices.Unsafe")]
    public void A_part_that_is_missing_is_told_at_the_import(string name)
    {
        File.Delete(PathOf(name));

        var lines = Run("import", "handlers");

        Assert.StartsWith(
            $"WixInbox.WixInboxException: WixInbox cannot load System.Text.Json, which lies in '{_module}'. "
                + "Another module",
            lines[0],
            StringComparison.Ordinal);
        Assert.Contains(name, lines[0], StringComparison.Ordinal);
        Assert.Equal("0", lines[1]);
    }

    [Fact]
    public void Each_import_adds_a_handler_and_each_removal_takes_one_off() =>
        Assert.Equal(
            ["0", "imported", "imported", "2", "removed", "1", "removed", "0"],
            Run("handlers", "import", "import", "handlers", "remove", "handlers", "remove", "handlers"));

    [Fact]
    public void It_answers_for_what_lies_in_its_folder_and_is_not_its_own()
    {
        var files = Directory.GetFiles(_module, "*.dll");

        var answers = Run(["import", .. files.Select(file => "ask " + IdentityOf(file))]).Skip(1);

        Assert.Equal(files.Select(file => IsShippedForOthers(file) ? file : "no answer"), answers);
    }

    [Fact]
    public void Where_it_is_told_who_asks_it_answers_its_own_assemblies_alone()
    {
        var json = IdentityOf(PathOf(Json));

        Assert.Equal(
            [PathOf(Json), PathOf(Json), "no answer", "no answer"],
            Run(
                "import",
                $"ask {json}|WixInbox.PowerShell",
                $"ask {json}|{Json}",
                $"ask {json}|mscorlib",
                $"ask {json}|WixInbox.DesktopSession").Skip(1));
    }

    [Theory]
    [InlineData("System.Text.Json, Version=8.0.0.5, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData("System.Text.Json, Version=99.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51")]
    [InlineData("System.Text.Json")]
    [InlineData("Newtonsoft.Json, Version=13.0.0.0, Culture=neutral, PublicKeyToken=30ad4fe6b2a6aeed")]
    public void It_answers_with_nothing_but_what_was_asked_for(string identity) =>
        Assert.Equal("no answer", Run("import", "ask " + identity)[1]);

    private static bool IsShippedForOthers(string file) =>
        Path.GetFileName(file) is var name
        && !name.StartsWith("WixInbox.", StringComparison.Ordinal)
        && name != "System.Management.Automation.dll";

    private static string IdentityOf(string file) => AssemblyName.GetAssemblyName(file).FullName;

    private string PathOf(string name) => Path.Combine(_module, name + ".dll");

    private string[] Run(params string[] commands)
    {
        var program = Path.Combine(s_tests, "session", "WixInbox.DesktopSession.exe");
        var arguments = string.Join(" ", commands.Prepend(_module).Select(argument => $"\"{argument}\""));
        var isWindows = Environment.OSVersion.Platform == PlatformID.Win32NT;
        using var process = Process.Start(
            new ProcessStartInfo(isWindows ? program : "mono", isWindows ? arguments : $"\"{program}\" {arguments}")
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        var lines = process.StandardOutput.ReadToEnd().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return lines;
    }
}
