using System.Globalization;
using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Pages;

/// <summary>Show-WixInboxMessage: its parameters, the file that it writes, and its opening.</summary>
[Collection(EnvironmentTests.Name)]
public sealed class ShowMessageTests : IDisposable
{
    private static readonly string[] s_showAlone = ["Path", "First", "NoClobber", "Force", "PassThru"];

    private static readonly string[] s_screens = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"];

    private readonly TemporaryFolder _folder = new();
    private readonly string? _display = Environment.GetEnvironmentVariable("DISPLAY");
    private readonly Engine _engine;

    public ShowMessageTests()
    {
        Environment.SetEnvironmentVariable("DISPLAY", ":0");
        _engine = New();
    }

    private string Path => _folder.File("page.html");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("DISPLAY", _display);
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_makes_no_request_and_needs_no_connection()
    {
        var handler = new StubHandler();
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run(
            $"[pscustomobject]@{{ Email = 'ada@example.com' }} | Show-WixInboxMessage x -Path '{Path}' -PassThru; "
                + $"Disconnect-WixInbox; Show-WixInboxMessage -Email ada@example.com x -Path '{Path}' -PassThru");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void It_takes_all_that_Send_takes_so_that_the_same_table_may_be_splatted_to_both()
    {
        Assert.Equal(Shape("Send-WixInboxMessage", []), Shape("Show-WixInboxMessage", s_showAlone));
    }

    [Fact]
    public void Without_a_path_it_is_a_new_file_that_its_user_alone_can_read()
    {
        var files = _engine.Run(
            "Show-WixInboxMessage -ConversationId $c x -PassThru; Show-WixInboxMessage "
                + "-ConversationId $c x -PassThru").Output.Select(item => (FileInfo)item.BaseObject).ToArray();

        try
        {
            Assert.NotEqual(files[0].FullName, files[1].FullName);
            Assert.All(files, file =>
            {
                Assert.Equal(System.IO.Path.GetTempPath().TrimEnd('/', '\\'), file.DirectoryName);
                Assert.Equal(".html", file.Extension);
                if (!OperatingSystem.IsWindows())
                {
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
                }
            });
        }
        finally
        {
            Array.ForEach(files, file => file.Delete());
        }
    }

    [Fact]
    public void It_gives_the_file_as_Get_Item_does_and_opens_nothing()
    {
        var result = Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}' -PassThru");

        var file = Assert.Single(result.Output);
        Assert.Equal(Path, Assert.IsType<FileInfo>(file.BaseObject).FullName);
        Assert.EndsWith(Path, (string)file.Properties["PSPath"].Value, StringComparison.Ordinal);
        Assert.Empty(Opened);
    }

    [Fact]
    public void Without_PassThru_it_is_opened_and_nothing_comes_out()
    {
        var result = Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}'");

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
        Assert.Equal([Path], Opened);
        Assert.True(File.Exists(Path));
    }

    [Fact]
    public void Where_nobody_sits_it_is_not_opened_and_says_where_it_is()
    {
        using var engine = New(host: false);

        var result = engine.Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}'; $opened");

        Assert.Empty(result.Output);
        Assert.Equal([$"The page is in '{Path}'. It was not opened: the session is not interactive."], result.Warnings);
        Assert.True(File.Exists(Path));
    }

    [Theory]
    [InlineData("$global:PSSenderInfo = 'somebody'", "the session is remote, or a job.")]
    [InlineData("function Invoke-Item { throw 'No browser.' }", "No browser.")]
    public void Where_it_cannot_be_opened_it_says_why(string before, string reason)
    {
        using var engine = New();
        engine.Run(before);

        var result = engine.Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}'");

        Assert.Empty(result.Errors);
        Assert.StartsWith(
            $"The page is in '{Path}'. It was not opened: {reason}",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_machine_without_a_screen_it_is_not_opened()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux(), "Other systems do not say by a variable whether they have a screen.");
        var others = s_screens.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name))).ToArray();
        try
        {
            Array.ForEach(others, other => Environment.SetEnvironmentVariable(other.Name, null));

            Assert.EndsWith(
                "It was not opened: the session has no screen.",
                Assert.Single(Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}'").Warnings),
                StringComparison.Ordinal);
            Assert.Empty(Opened);
        }
        finally
        {
            Array.ForEach(others, other => Environment.SetEnvironmentVariable(other.Name, other.Value));
        }
    }

    [Fact]
    public void WhatIf_writes_nothing_and_opens_nothing()
    {
        Assert.Empty(Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}' -WhatIf").Output);
        Assert.False(File.Exists(Path));
        Assert.Empty(Opened);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_unless_it_is_to_be_kept()
    {
        File.WriteAllText(Path, new string('z', 100_000));
        var kept = Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}' -NoClobber");

        Assert.Equal(["FileExists"], kept.ErrorIds);
        Assert.Equal(ErrorCategory.ResourceExists, kept.Errors[0].CategoryInfo.Category);
        Assert.Equal(100_000, new FileInfo(Path).Length);
        Assert.Empty(Opened);

        Assert.EndsWith("</html>\n", Show("Show-WixInboxMessage -ConversationId $c x").Html, StringComparison.Ordinal);
        File.Delete(Path);
        Assert.Empty(Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}' -NoClobber").Errors);
    }

    [Fact]
    public void A_journal_is_not_replaced()
    {
        File.WriteAllText(Path, JournalText.Sample());

        Assert.Equal(["PathIsJournal"], Run($"Show-WixInboxMessage -ConversationId $c x -Path '{Path}'").ErrorIds);

        Assert.Equal(JournalText.Sample(), File.ReadAllText(Path));
        Assert.Empty(Opened);
    }

    [Fact]
    public void A_file_that_may_only_be_read_is_replaced_by_Force()
    {
        File.WriteAllText(Path, string.Empty);
        File.SetAttributes(Path, FileAttributes.ReadOnly);

        Show("Show-WixInboxMessage -ConversationId $c x -Force");

        Assert.False(new FileInfo(Path).IsReadOnly);
    }

    [Fact]
    public void A_place_that_is_none_for_a_file_is_an_error()
    {
        Assert.Equal(
            ["PathInvalid"],
            Run(
                $"try {{ Show-WixInboxMessage -ConversationId $c x -Path '{_folder.Path}' }} catch {{ "
                    + "$_.FullyQualifiedErrorId -replace ',.*' }").Output.Select(id => id.ToString()));
        Assert.Equal(
            ["PathInvalid"],
            Run(
                "try { Show-WixInboxMessage -ConversationId $c x -Path Variable:\\x } catch { "
                    + "$_.FullyQualifiedErrorId -replace ',.*' }").Output.Select(id => id.ToString()));
        var missing = Run($"Show-WixInboxMessage -ConversationId $c x -Path '{_folder.File("none/page.html")}'");
        Assert.Equal(["PageUnwritable"], missing.ErrorIds);
        Assert.Equal(_folder.File("none/page.html"), missing.Errors[0].TargetObject);
        Assert.Empty(Opened);
    }

    [Fact]
    public void No_rows_make_no_page()
    {
        var result = Run($"@() | Show-WixInboxMessage x -Path '{Path}'");

        Assert.Equal(["There is nothing to show: no row was piped in."], result.Warnings);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_pipeline_that_is_ended_early_writes_nothing()
    {
        Assert.NotNull(Run(
            "1..3 | ForEach-Object { if ($_ -eq 3) { throw 'enough' }; [pscustomobject]@{ ConversationId = $c } } | "
                + $"Show-WixInboxMessage x -Path '{Path}'").Thrown);
        Assert.False(File.Exists(Path));
    }

    private string[] Opened => [.. _engine.Run("$opened").Output.Select(item => item.ToString())];

    // An engine whose way to open a file is to write down its name.
    private static Engine New(bool host = true)
    {
        var engine = new Engine(host: host ? new RecordingHost() : null);
        engine.Set("c", Engine.Guid1);
        Assert.Null(engine.Run(
            "$global:opened = @(); function Invoke-Item { "
                + "param($LiteralPath) $global:opened += $LiteralPath }").Thrown);
        return engine;
    }

    private Result Run(string script) => _engine.Run(script);

    private PageText Show(string script) => PageText.MadeBy(_engine, script, Path);

    private string[] Shape(string cmdlet, string[] except)
    {
        var command = (CommandInfo)_engine.Run($"Get-Command {cmdlet}").Output[0].BaseObject;
        var parameters = command.Parameters.Values
            .Where(parameter => !except.Contains(parameter.Name))
            .SelectMany(parameter => parameter.ParameterSets.Select(set => string.Create(
                CultureInfo.InvariantCulture,
                $"{parameter.Name} {parameter.ParameterType} {string.Join(",", parameter.Aliases)} {set.Key} {set.Value.Position} {set.Value.IsMandatory} {set.Value.ValueFromPipeline} {set.Value.ValueFromPipelineByPropertyName}")))
            .Order(StringComparer.Ordinal);
        return [$"sets {string.Join(",", command.ParameterSets.Select(set => set.Name))}", .. parameters];
    }
}
