namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Nobody who is known to have unsubscribed is written to, however that is known.</summary>
public sealed class ConsentTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public ConsentTests()
    {
        _engine = Engine.ConnectedTo(_handler);
        _engine.Set("c", Engine.Guid1);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("Email subscriber status", "Unsubscribed", "Never subscribed")]
    [InlineData("Unsubscribed from all email", "Yes", "No")]
    [InlineData("Accepts Email Marketing", "no", "yes")]
    [InlineData("Email Opt Out", "1", "0")]
    [InlineData("Email Marketing Consent", "UNSUBSCRIBED", "SUBSCRIBED")]
    [InlineData("EMAIL_BLACKLISTED", "Yes", "No")]
    [InlineData("Opted out of email: Newsletter", "true", "false")]
    [InlineData("*Status", "Unsubscribed", "Active")]
    [InlineData("UNSUB_TIME", "2026-03-01 10:00:00", "")]
    [InlineData("SubscriptionStatus", "Unsubscribed", "Pending")]
    public void A_column_that_says_no_is_heard_and_one_that_does_not_is_not(string column, string no, string other)
    {
        var rows =
            $"'{no}', '{other}' | ForEach-Object {{ [pscustomobject]@{{ ConversationId = $c; '{column}' = $_ }} }}";

        Assert.Equal(["False", "True"], _engine.Run($"{rows} | Test-WixInboxMessage x").OutputOf("Valid"));
        var sent = _engine.Run($"{rows} | Send-WixInboxMessage x");
        Assert.Equal(["ContactUnsubscribed"], sent.ErrorIds);
        Assert.Contains(
            $"column {column}: '{no}' says that this person wants no messages. -IncludeUnsubscribed sends",
            sent.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Single(sent.Output);
        Assert.Equal(2, _engine.Run($"{rows} | Send-WixInboxMessage x -IncludeUnsubscribed").Output.Count);
    }

    [Fact]
    public void A_contact_that_is_piped_in_says_it_itself()
    {
        var contact = """
            $contact = [WixInbox.Contact]@{ Id = $c }
            $primary = [WixInbox.Contact].GetProperty('PrimaryEmail', [Reflection.BindingFlags]'Instance, NonPublic')
            $address = [Activator]::CreateInstance($primary.PropertyType)
            $address.SubscriptionStatus = 'UNSUBSCRIBED'
            $primary.SetValue($contact, $address)
            """;

        Assert.Equal(["ContactUnsubscribed"], _engine.Run($"{contact}; $contact | Send-WixInboxMessage x").ErrorIds);
        Assert.Empty(_handler.Requests);
        Assert.Single(_engine.Run("$contact | Send-WixInboxMessage x -IncludeUnsubscribed").Output);
    }

    [Fact]
    public void A_trial_on_oneself_asks_nothing_of_the_rows_people()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ Name = 'Ada'; 'Email Opt Out' = 'yes' } | "
                + "Send-WixInboxMessage -ConversationId $c -Text { \"Hi $($_.Name)\" }");

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }
}
