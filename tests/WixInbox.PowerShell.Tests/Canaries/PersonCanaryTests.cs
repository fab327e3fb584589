namespace WixInbox.PowerShell.Tests.Canaries;

/// <summary>
/// Where the text of a message, an address and a name are, and where they are not, after a run with rows that are sent,
/// refused, looked for and found, misread, there twice, unsubscribed, or have no recipient.
/// </summary>
public sealed class PersonCanaryTests : JournaledRuns
{
    private const string Text = "t3xt-c4n4ry-0f-ada";
    private const string Address = "addr3ss.c4n4ry@example.com";
    private const string PersonName = "N4me-C4n4ry-L0velace";

    private const string Script = $$"""
        $VerbosePreference = 'Continue'
        1..10 | ForEach-Object {
            [pscustomobject]@{
                Order = "A-$_"
                Name = '{{PersonName}}'
                Email = if ($_ -in 4, 5, 6) { 'N. <{{Address}}>' } elseif ($_ -eq 8) { '{{Address}};nobody' }
                ConversationId = if ($_ -notin 4, 5, 6, 8, 10) { '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $_ }
                Unsubscribed = if ($_ -eq 6) { 'yes' }
                Text = "$(if ($_ -eq 7) { 'JoÃ£o ' }){{Text}} $(if ($_ -eq 5) { 4 } else { $_ })"
            }
        } | Send-WixInboxMessage -Journal $journal -KeyProperty Order -ResultPath $results
        """;

    private static readonly Dictionary<string, string> s_canaries =
        new() { ["text"] = Text, ["address"] = Address, ["name"] = PersonName };

    [Fact]
    public void A_person_is_where_the_rows_are_and_nowhere_else()
    {
        Site.On(Text + " 2", Mishap.NotFound);
        Site.On(Text + " 3", Mishap.ErrorAfter);
        Site.On(Text + " 9", Mishap.TimedOut, Mishap.ErrorBefore);
        var files = new[] { "results.csv", "report.html", "page.html" };
        Array.ForEach(files, file => Engine.Set(file.Split('.')[0], Folder.File(file)));

        var result = Run(Script);
        var shown = Run("$Error | Out-String -Width 500");
        var entries = RunWell("Get-WixInboxJournal $journal; Get-WixInboxJournal $journal -Summary");
        RunWell($"Export-WixInboxReport $journal $report; Show-WixInboxMessage -Email {Address} {Text} -Path $page");

        Assert.Equal(
            ["ConversationNotFound", "ContactUnsubscribed", "TextMisread", "EmailInvalid", "RecipientMissing"],
            result.ErrorIds);
        Assert.Equal(5, result.Output.Count);

        // A message has its text, and with it goes the row, which is the target of an error too.
        AssertHas("text address name", "messages", All(Sinks.OfObjects(Engine, result.Output)));
        AssertHas("text address name", "targets", All(Sinks.OfObjects(
            Engine, result.Errors.Select(error => error.TargetObject))));

        // The columns of the file that it is made of.
        AssertHas("text address name", "result file", File.ReadAllText(Folder.File("results.csv")));

        // A page of messages is made to show them.
        AssertHas("text address", "page", File.ReadAllText(Folder.File("page.html")));

        // What is shown, and what may be sent on to others. An error names the address that is none.
        AssertHas("address", "error view", All([("view", string.Concat(shown.Output))]));
        foreach (var (name, text) in Sinks.OfStreams(result).Where(stream => stream.Name != "thrown"))
        {
            AssertHas(name == "errors" ? "address" : string.Empty, name, text);
        }

        AssertHas(string.Empty, "journal", File.ReadAllText(Journal));
        AssertHas(string.Empty, "entries", All(Sinks.OfObjects(Engine, entries.Output)));
        AssertHas(string.Empty, "report", File.ReadAllText(Folder.File("report.html")));
    }

    private static string All(IEnumerable<(string Name, string Text)> sinks) =>
        string.Join('\n', sinks.Select(sink => sink.Text));

    private static void AssertHas(string canaries, string place, string said)
    {
        Assert.NotEmpty(said);
        var there = s_canaries.Where(canary => said.Contains(canary.Value, StringComparison.OrdinalIgnoreCase));
        Assert.Equal($"{place}: {canaries}", $"{place}: {string.Join(' ', there.Select(canary => canary.Key))}");
    }
}
