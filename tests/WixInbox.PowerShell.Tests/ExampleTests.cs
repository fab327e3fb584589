using System.Management.Automation;
using System.Management.Automation.Language;
using WixInbox.Demo;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// The examples of the help, run in a sandbox: those of which the engine has all commands by itself. The Pester tests run all of them.
/// </summary>
[Collection(EnvironmentTests.Name)]
public sealed class ExampleTests
{
    private const string Key = "WIX_API_KEY";

    // What the engine has without a full PowerShell; the demo's reader of CSV files; and what asks a person or a vault.
    private static readonly string[] s_commands = ["ForEach-Object", "Where-Object", "Out-Null", "Import-Csv", "Get-Secret", "Read-Host"];

    public static IEnumerable<TheoryDataRow<string, int, string>> Examples =>
        from command in StagedHelp.Commands
        let name = command.Element(StagedHelp.Command + "details")!.Element(StagedHelp.Command + "name")!.Value
        from example in command.Descendants(StagedHelp.Dev + "code").Index()
        where CanRun(example.Item.Value)
        select new TheoryDataRow<string, int, string>(name, example.Index + 1, example.Item.Value);

    [Theory]
    [MemberData(nameof(Examples))]
    public void It_runs_and_what_fails_is_a_row_of_the_file(string command, int number, string code)
    {
        var before = Environment.GetEnvironmentVariable(Key);
        Environment.SetEnvironmentVariable(Key, "key-of-the-tests");
        try
        {
            using var folder = new TemporaryFolder();
            using var engine = new Engine(testCmdlet: typeof(ImportCsvCommand));
            foreach (var file in Directory.GetFiles(Path.Combine(StagedModule.Root, "examples")))
            {
                File.Copy(file, folder.File(Path.GetFileName(file)));
            }

            engine.Set("folder", folder.Path);
            engine.Set("secret", Secrets.Secure("secret-of-the-tests"));
            Assert.Null(engine.Run("""
                $ExecutionContext.SessionState.Path.SetLocation($folder)
                function Get-Secret { $secret }
                function Read-Host { $secret }
                Connect-WixInbox -Sandbox
                """).Thrown);

            var result = engine.Run(code);

            Assert.True(result.Thrown is null, $"Example {number} of {command}: {result.Thrown}");
            Assert.All(engine.Run("$Error").Output.Select(item => (ErrorRecord)item.BaseObject), error =>
            {
                Assert.Equal("WixInbox.WixInboxException", error.Exception.GetType().FullName);
                var exception = new PSObject(error.Exception);
                Assert.Equal("Rejected", exception.Properties["Outcome"].Value?.ToString());
                Assert.NotNull(exception.Properties["Row"].Value);
            });
        }
        finally
        {
            Environment.SetEnvironmentVariable(Key, before);
        }
    }

    // Runspaces that an example makes itself have no module that they could find.
    private static bool CanRun(string code) =>
        !code.Contains("-Parallel", StringComparison.Ordinal)
        && Parser.ParseInput(code, out _, out _).FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .All(call => s_commands.Contains(call.GetCommandName()) || StagedHelp.Cmdlets.Any(cmdlet => cmdlet.Name == call.GetCommandName()));
}
