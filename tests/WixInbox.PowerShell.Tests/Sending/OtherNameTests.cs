namespace WixInbox.PowerShell.Tests;

/// <summary>Rows that name somebody in another way than an earlier run with the same journal did.</summary>
public sealed class OtherNameTests : JournaledRuns
{
    private const string People = """
        $people = foreach ($n in 1..3) {
            $email = "p$n@example.com"
            $contact = (Get-WixInboxContact -Email $email -Connection $connection).ContactId
            $conversation = Resolve-WixInboxConversation -ContactId $contact -Connection $connection
            @{ Email = $email; ContactId = $contact; ConversationId = $conversation.Id }
        }
        function People([string[]] $names) {
            foreach ($person in $people) {
                $row = @{ Text = "for $($person.Email)" }
                foreach ($name in $names) { $row[$name] = $person[$name] }
                [pscustomobject]$row
            }
        }
        """;

    [Theory]
    [InlineData("Email", "ContactId")]
    [InlineData("ContactId", "Email")]
    [InlineData("ConversationId", "ContactId")]
    [InlineData("ConversationId", "Email")]
    [InlineData("Email", "ConversationId, Email")]
    [InlineData("ContactId", "ConversationId, Email")]
    public void Who_was_sent_a_message_by_one_name_does_not_get_it_again_by_another(string names, string otherNames)
    {
        RunWell(People);
        RunWell($"People {names} | Send-WixInboxMessage -Journal $journal -WarningAction Ignore");

        var again = RunWell($"People {otherNames} | Send-WixInboxMessage -Journal $journal -WarningAction Ignore");

        Assert.Equal(3, Site.Delivered.Length);
        Assert.Empty(again.Output);
        Assert.Equal(3, ValueOf(again.Summary, "AlreadySent"));
        Assert.Equal(0, ValueOf(again.Summary, "Sent"));
        Assert.Equal(3, States().Length);
    }

    [Fact]
    public void It_comes_out_where_that_is_asked_for_and_is_in_the_result_file()
    {
        RunWell(People);
        var sent = RunWell("People Email | Send-WixInboxMessage -Journal $journal -WarningAction Ignore");

        var again = RunWell(
            $"People ContactId | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent -WarningAction Ignore "
                + $"-ResultPath '{Folder.File("results.csv")}'");

        Assert.Equal(sent.OutputOf("Id"), again.OutputOf("Id"));
        Assert.Equal(TextsOf(sent), TextsOf(again));
        Assert.Equal(["Journaled", "Journaled", "Journaled"], again.OutputOf("Delivery"));
        Assert.Equal(
            ["AlreadySent", "AlreadySent", "AlreadySent"],
            RunWell($"Import-Csv '{Folder.File("results.csv")}'").OutputOf("State"));
    }

    [Fact]
    public void Each_of_two_equal_rows_is_taken_for_one_that_was_sent_and_a_third_is_new()
    {
        RunWell(People + "\n$person = $people[0]");
        RunWell(
            "1..2 | ForEach-Object { [pscustomobject]@{ Text = 'same'; Email = $person.Email } } | "
                + "Send-WixInboxMessage -Journal $journal -WarningAction Ignore");

        const string Three =
            "1..3 | ForEach-Object { [pscustomobject]@{ Text = 'same'; ContactId = $person.ContactId } } | "
                + "Send-WixInboxMessage -Journal $journal -WarningAction Ignore";
        var again = RunWell(Three);

        Assert.Equal(2, ValueOf(again.Summary, "AlreadySent"));
        Assert.Single(again.Output);
        Assert.Empty(RunWell(Three).Output);
        Assert.Equal(3, Site.Delivered.Length);
    }

    [Fact]
    public async Task What_was_cut_off_is_looked_for_and_not_sent_again()
    {
        RunWell(People);
        Site.On("for p1@example.com", Mishap.HangAfter);
        using (var cut = Start(
            "$text = 'for p1@example.com'; [pscustomobject]@{ Email = 'p1@example.com' } | "
                + "Send-WixInboxMessage $text -Journal $journal -WarningAction Ignore"))
        {
            Assert.True(SpinWait.SpinUntil(() => Site.Delivered.Length == 1, TimeSpan.FromSeconds(30)));
            await cut.StopAsync();
        }

        var again = RunWell(
            "People ContactId | Select-Object -First 1 | "
                + "Send-WixInboxMessage -Journal $journal -WarningAction Ignore");

        Assert.Equal(["Reconciled"], again.OutputOf("Delivery"));
        Assert.Single(Site.Delivered);
        Assert.Equal(["1 Sent"], States());
    }

    [Theory]
    [InlineData("Email = $people[0].Email", "ConversationId = $people[1].ConversationId; Email = $people[0].Email")]
    [InlineData("Email = $people[0].Email", "ContactId = $people[1].ContactId")]
    public void What_went_to_another_conversation_is_another_message(string row, string otherRow)
    {
        RunWell(People);
        RunWell($"[pscustomobject]@{{ {row} }} | Send-WixInboxMessage x -Journal $journal -WarningAction Ignore");

        var again = RunWell(
            $"[pscustomobject]@{{ {otherRow} }} | Send-WixInboxMessage x -Journal $journal -WarningAction Ignore");

        Assert.Single(again.Output);
    }

    [Fact]
    public void A_key_says_alone_which_row_it_is()
    {
        RunWell(People);
        RunWell(
            "[pscustomobject]@{ Order = 1; Email = 'p1@example.com' } | "
                + "Send-WixInboxMessage x -Journal $journal -KeyProperty Order -WarningAction Ignore");

        var again = RunWell(
            "[pscustomobject]@{ Order = 2; ContactId = $people[0].ContactId } | "
                + "Send-WixInboxMessage x -Journal $journal -KeyProperty Order -WarningAction Ignore");

        Assert.Single(again.Output);
    }
}
