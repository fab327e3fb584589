using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>What is seen while typing, and what is shown after.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("Send-WixInboxMessage -Visibility ", "Business,BusinessAndParticipant")]
    [InlineData("Send-WixInboxMessage -Direction ", "BusinessToParticipant,ParticipantToBusiness")]
    [InlineData("Send-WixInboxMessage -SendAs ", "Caller,Participant")]
    [InlineData("Send-WixInboxMessage -TargetChannel ", "Chat,Email,Facebook,Instagram,Sms,Whatsapp")]
    [InlineData("Send-WixInboxMessage -SourceChannel W", "Whatsapp")]
    [InlineData("Send-WixInboxMessage -Template -Orientation ", "Landscape,Portrait")]
    [InlineData("Send-WixInboxMessage -Connection ", "$mine")]
    [InlineData("Send-WixInboxMessage -Connection $m", "$mine")]
    [InlineData("Disconnect-WixInbox -Connection ", "$mine")]
    [InlineData("Send-WixInboxMessage -Template -Bu", "-Button")]
    [InlineData("Send-WixInboxMessage -Minimal -Ic", "-IconUrl")]
    [InlineData("Send-WixInboxMessage -Template -TextL", "-TextLine")]
    [InlineData("Send-WixInboxMessage -Form -Fie", "-Field")]
    public void Completion_offers_what_fits(string typed, string expected)
    {
        using var engine = new Engine();
        engine.Run(
            "$mine = Connect-WixInbox -Sandbox -PassThru; $other = 'no connection'; "
                + "$closed = Connect-WixInbox -Sandbox -PassThru; $closed | Disconnect-WixInbox");
        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = engine.Runspace;

        var offered = CommandCompletion.CompleteInput(typed, typed.Length, null, shell).CompletionMatches
            .Select(match => match.CompletionText);

        // The engine adds variables of its own where the completer has named its.
        var own = offered
            .Where(text => !text.StartsWith('$') || text == "$mine" || text == "$other" || text == "$closed")
            .Where(text => !text.EndsWith(".sln", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join(",", own));
    }

    [Theory]
    [InlineData("Import-Csv $csv | Send-WixInboxMessage x -KeyProperty ", "Order 'First Name' Email")]
    [InlineData(
        "Import-Csv $odd -Delimiter ';' | Where-Object Email | Send-WixInboxMessage x -KeyProperty f", "'First Name'")]
    [InlineData(
        "Import-WixInboxCsv -LiteralPath \"$odd\" | Test-WixInboxMessage x -KeyProperty 'First", "'First Name'")]
    [InlineData("Import-Csv no.csv | Send-WixInboxMessage x -KeyProperty ", "")]
    [InlineData("Import-Csv $(Set-Content $csv 'A'; $csv) | Send-WixInboxMessage x -KeyProperty ", "")]
    [InlineData("Import-Csv $odd 2>$csv | Send-WixInboxMessage x -KeyProperty ", "")]
    [InlineData("Import-Csv $odd > $csv | Send-WixInboxMessage x -KeyProperty ", "")]
    [InlineData("Get-Item $csv | Send-WixInboxMessage x -KeyProperty ", "")]
    public void The_key_is_completed_with_the_columns_of_the_file_that_is_imported(string typed, string expected)
    {
        using var folder = new TemporaryFolder();
        const string Columns = "Order,First Name,Email\n1,Ada,ada@example.com\n";
        File.WriteAllText(folder.File("a.csv"), Columns);
        File.WriteAllText(folder.File("odd.csv"), Columns.Replace(',', ';'));
        using var engine = new Engine();
        engine.Set("csv", folder.File("a.csv"));
        engine.Set("odd", folder.File("odd.csv"));
        engine.Set("line", typed);

        var result = engine.Run("""
            [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches |
                Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText
            $Error.Count
            """);

        Assert.Equal($"{expected} 0".Trim(), string.Join(" ", result.Output));
        Assert.Equal(Columns, File.ReadAllText(folder.File("a.csv")));
    }

    [Fact]
    public void The_table_of_messages_fits_80_columns_and_a_line_a_message()
    {
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(new StubHandler(), host);

        engine.Run($$"""
            $text = "Line one`nline two with a bell `a and a text that goes on and on beyond the column 12345"
            [pscustomobject]@{ ConversationId = '{{Engine.Guid1}}'; Text = $text } |
                Send-WixInboxMessage -SkipCheck TextUnreadable -InformationAction Ignore | Out-Default
            """);

        var lines = host.Lines.Select(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty)).ToArray();
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.Contains("ConversationId", StringComparison.Ordinal)
            && line.Contains("Preview", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains(Engine.Guid1, StringComparison.Ordinal)
            && line.Contains("Line one line two", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_shows_where_it_leads()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);
        engine.Set("key", Secrets.Secure("secret-key"));

        engine.Run($"Connect-WixInbox -ApiKey $key -SiteId {Engine.Guid1} -PassThru | Out-Default");

        var shown = string.Join("\n", host.Lines);
        Assert.Contains("www.wixapis.com", shown, StringComparison.Ordinal);
        Assert.Contains(Engine.Guid1, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountId", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cmdlet_says_what_it_gives_and_takes_one_row_by_value()
    {
        using var engine = new Engine();

        var send = (CommandInfo)engine.Run("Get-Command Send-WixInboxMessage").Output[0].BaseObject;

        Assert.Equal("WixInbox.Message", Assert.Single(send.OutputType).Name);
        Assert.All(send.ParameterSets, set => Assert.Equal(
            "InputObject", Assert.Single(set.Parameters, parameter => parameter.ValueFromPipeline).Name));
        Assert.Single(send.ParameterSets);
    }

    [Fact]
    public void A_misspelt_value_is_answered_with_the_right_ones()
    {
        using var engine = new Engine();

        var result = engine.Run(
            "try { Send-WixInboxMessage -ConversationId 1 x -Direction Sideways } catch { \"$_\" }; "
                + "try { Send-WixInboxMessage -ConversationId 1 x -Badge @{ Text = 'x'; "
                + "Visibility = 'Nobody' } } catch { \"$_\" }");

        Assert.Contains(
            "BusinessToParticipant, ParticipantToBusiness", result.Output[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("BusinessAndParticipant, Business", result.Output[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_type_can_be_made_by_hand_for_a_mock()
    {
        using var engine = new Engine();

        var result = engine.Run(
            "$m = [WixInbox.Message]@{ Id = '1'; Visibility = 'Business'; Content = @{ Basic = @{ Items = @(@{ "
                + "Text = 'x' }) } } }; $m.Visibility -eq 'Business'; $m.Content.Basic.Items[0].Text");

        Assert.Equal(["True", "x"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void The_examples_have_no_syntax_errors()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(StagedModule.Root, "examples"), "*.ps1"))
        {
            Parser.ParseFile(file, out _, out var errors);
            Assert.Empty(errors.Select(error => error.ToString()));
        }
    }
}
