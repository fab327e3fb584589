using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Each connection that rows go over has a journal of its own.</summary>
public sealed class SeveralJournalsTests : SeveralConnections
{
    public SeveralJournalsTests() =>
        _engine.Run("Connect-WixInbox -AccessToken $token -Name own -MessageHandler $own");

    private string?[] Files =>
        [.. Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    [Fact]
    public void Each_connection_has_a_journal_of_its_own_and_nothing_is_sent_twice()
    {
        const string Send =
            "(Row 1 shop), (Row 2 cafe), (Plain 3), (Row 4 shop) | Send-WixInboxMessage -Journal $journal";
        Assert.Equal(4, _engine.Run(Send).Output.Count);
        Assert.Equal([$"run.{Engine.Guid1}.jsonl", $"run.{Engine.Guid2}.jsonl", "run.jsonl"], Files);

        _engine.Run(Send + " -WhatIf");
        Assert.Equal(
            "What if: 0 of 4 rows would be sent (4 are skipped, since the journal has them).", _host.Lines[^1]);

        // What a site's connection is called is no part of it.
        _engine.Run(
            $"Disconnect-WixInbox shop; Connect-WixInbox -ApiKey $token -SiteId {Engine.Guid1} "
                + "-Name renamed -MessageHandler $shop; "
                + "Connect-WixInbox -AccessToken $token -Name own -MessageHandler $own");
        var again = _engine.Run(Send.Replace("shop", "renamed", StringComparison.Ordinal));

        Assert.Empty(again.Errors);
        Assert.Empty(again.Output);
        Assert.Equal(4, Property(again.Summary, "AlreadySent"));
        Assert.Equal(4, Requests);
        _engine.Set("folder", _folder.Path);
        Assert.Equal(
            4,
            _engine.Run(
                $"Get-WixInboxJournal $folder/run.jsonl, $folder/run.{Engine.Guid1}.jsonl, "
                    + $"$folder/run.{Engine.Guid2}.jsonl").Output.Count);
    }

    [Fact]
    public void A_journal_is_not_gone_on_with_where_another_connection_is_the_default()
    {
        _engine.Run(
            "Connect-WixInbox -AccessToken $token -Name one -MessageHandler $own; Connect-WixInbox -AccessToken $token "
                + "-Name two -MessageHandler $cafe; (Row 1 one), (Plain 2) | Send-WixInboxMessage -Journal $journal");
        Assert.Equal(["run.jsonl", "run.one.jsonl"], Files);

        var result = _engine.Run("(Plain 1), (Row 2 two) | Send-WixInboxMessage -Journal $journal -Connection one");

        Assert.Equal(["JournalOfOtherConnection"], result.ErrorIds);
        Assert.Equal(2, Requests);
    }

    [Theory]
    [InlineData("$other", "ConnectionUnnamed", "Give it a name with Connect-WixInbox -Name, or the site")]
    [InlineData(
        "again", "ConnectionRepeated", "The connections again and site " + Engine.Guid1 + " lead to the same place")]
    public void A_row_whose_journal_could_not_be_found_again_is_not_sent(string connection, string id, string words)
    {
        _engine.Run(
            "$other = Connect-WixInbox -AccessToken $token -PassThru -MessageHandler $cafe; "
                + $"Connect-WixInbox -ApiKey $token -SiteId {Engine.Guid1} -Name again -MessageHandler $shop");

        var result = _engine.Run(
            $"Connect-WixInbox -ApiKey $token -SiteId {Engine.Guid1} -MessageHandler $shop; "
                + $"(Plain 1), (Row 2 {connection}) | Send-WixInboxMessage -Journal $journal");

        Assert.Equal([id], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["x 1"], Texts(_shop));
        Assert.Equal(1, Requests);
    }

    [Fact]
    public void A_token_alone_has_no_journal_since_one_of_another_site_would_find_its_rows_there()
    {
        var result = _engine.Run(
            "$PSDefaultParameterValues.Clear(); Connect-WixInbox -AccessToken $token -MessageHandler $own; "
                + "Plain 1 | Send-WixInboxMessage -Journal $journal");

        Assert.Equal(["ConnectionUnnamed"], result.ErrorIds);
        Assert.Equal(0, Requests);
        Assert.Empty(Files);
    }

    [Theory]
    [InlineData("", $"'run.{Engine.Guid1}.jsonl'", true)]
    [InlineData("-WhatIf", $"'run.{Engine.Guid1}.jsonl'", true)]
    [InlineData("", null, false)]
    public void One_beside_the_runs_that_is_gone_is_not_begun_anew(string parameters, string? named, bool isDeleted)
    {
        const string Send = "(Row 1 shop), (Row 2 cafe), (Plain 3), (Row 4 shop) | Send-WixInboxMessage "
            + "-Journal $journal ";
        Assert.Equal(4, _engine.Run(Send).Output.Count);
        if (isDeleted)
        {
            File.Delete(_folder.File($"run.{Engine.Guid1}.jsonl"));
        }

        var again = _engine.Run(Send + parameters);

        Assert.Equal(isDeleted ? ["JournalNotFound", "JournalNotFound"] : [], again.ErrorIds);
        Assert.All(again.Errors, error => Assert.Contains(
            Path.GetFileName(named!.Trim('\'')), error.ToString(), StringComparison.Ordinal));
        Assert.Empty(again.Output);
        Assert.Equal(4, Requests);
        Assert.Equal(!isDeleted, File.Exists(_folder.File($"run.{Engine.Guid1}.jsonl")));
    }

    [Theory]
    [InlineData("-Name mine", "-Name mine -SiteId " + Engine.Guid1, "mine")]
    [InlineData("-Name mine -SiteId " + Engine.Guid1, "-Name mine", Engine.Guid1)]
    [InlineData("-Name mine", "-Name Mine -SiteId " + Engine.Guid1, "mine")]
    public void One_that_has_another_name_by_how_the_connection_is_made_is_not_begun_anew(
        string then, string now, string tag)
    {
        const string Send = "; Select-WixInboxConnection -Connection own; "
            + "(Plain 1), (Row 2 mine) | Send-WixInboxMessage -Journal $journal";
        _engine.Run($"Connect-WixInbox -AccessToken $token {then} -MessageHandler $shop" + Send);
        Assert.Contains($"run.{tag}.jsonl", Files);

        var again = _engine.Run($"Connect-WixInbox -AccessToken $token {now} -MessageHandler $shop" + Send);

        Assert.Equal(["JournalNotFound"], again.ErrorIds);
        Assert.Contains($"run.{tag}.jsonl'", again.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Requests);
    }

    [Fact]
    public void The_runs_own_is_not_begun_anew_either_where_all_rows_went_over_others()
    {
        _engine.Run("(Row 1 shop) | Send-WixInboxMessage -Journal $journal -KeyProperty Text");

        // With this one gone, nothing else knows of the row.
        File.Delete(_folder.File($"run.{Engine.Guid1}.jsonl"));

        var again = _engine.Run("(Row 1 shop) | Send-WixInboxMessage -Journal $journal -KeyProperty ConversationId");

        Assert.Equal(["JournalKeyMismatch"], again.ErrorIds);
        Assert.Equal(1, Requests);
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("A-b")]
    public void Two_names_that_make_one_journal_are_the_error_of_the_rows_of_the_second(string second)
    {
        _engine.Run($"""
            Connect-WixInbox -AccessToken $token -Name 'a b' -MessageHandler $shop
            Connect-WixInbox -AccessToken $token -Name '{second}' -MessageHandler $cafe
            Connect-WixInbox -AccessToken $token -Name own -MessageHandler $own
            """);

        var result = _engine.Run($"""
            (Row 1 'a b'), (Row 2 '{second}'), (Row 3 'a b'), (Plain 4) | Send-WixInboxMessage -Journal $journal
            """);

        Assert.Equal(["1", "3", "4"], result.OutputOf("Id"));
        Assert.Equal(["ConnectionRepeated"], result.ErrorIds);
        Assert.StartsWith("Row 2: the message was not sent. ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"The journals of the connections {second} and a b would be one file, with {second} in its name.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_cafe.Requests);
    }

    [Fact]
    public void A_journal_beside_the_runs_that_cannot_be_opened_is_the_error_of_its_own_rows()
    {
        File.WriteAllText(_folder.File($"run.{Engine.Guid1}.jsonl"), "no journal");

        var result = _engine.Run("""
            (Plain 1), (Row 2 shop), (Row 3 cafe), (Row 4 shop) | Send-WixInboxMessage -Journal $journal
            """);

        Assert.Equal(["1", "3"], result.OutputOf("Id"));
        Assert.Equal(["JournalInvalid", "JournalInvalid"], result.ErrorIds);
        Assert.StartsWith("Row 2: the message was not sent. ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("x 4", ((PSObject)result.Errors[1].TargetObject).Properties["Text"].Value);
        Assert.Equal(2, Property(result.Summary, "Rejected"));
    }
    [Fact]
    public void Where_it_can_be_opened_later_none_of_their_rows_are_sent_all_the_same()
    {
        _engine.Set("other", Path.Combine(_folder.Path, $"run.{Engine.Guid1}.jsonl"));

        var result = _engine.Run(
            "$null = New-Item $other -ItemType Directory; "
                + "& { Row 1 shop; Row 2 cafe; Remove-Item $other; Row 3 shop } | "
                + "Send-WixInboxMessage -Journal $journal -ThrottleLimit 1");

        Assert.Equal(["cafe"], result.OutputOf("Connection"));
        Assert.Equal(2, result.Errors.Count);
        Assert.Empty(_shop.Requests);
    }
}
