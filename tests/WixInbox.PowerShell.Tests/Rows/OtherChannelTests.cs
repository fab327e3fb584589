namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>What an object says that stands in a row of SMS, calls or a plan is no opt-out from messages.</summary>
public sealed class OtherChannelTests : RowRuns
{
    [Theory]
    [InlineData(
        """
        "email_marketing_consent":{"state":"subscribed"},"sms_marketing_consent":{"state":"unsubscribed"}
        """,
        "sms_marketing_consent.state: 'unsubscribed'")]
    [InlineData(
        """
        "notifications":{"sms":{"subscribed":false},"email":{"subscribed":true}}
        """,
        "notifications.sms.subscribed")]
    [InlineData("\"push\":{\"subscribed\":false}", "push.subscribed")]
    [InlineData("\"pushNotifications\":{\"optIn\":false}", "pushNotifications.optIn")]
    [InlineData("\"sms\":{\"opted_out\":true}", "sms.opted_out")]
    [InlineData("\"whatsapp\":{\"status\":\"unsubscribed\"}", "whatsapp.status: 'unsubscribed'")]
    [InlineData("\"plan\":{\"subscribed\":false}", "plan.subscribed")]
    [InlineData("\"sms\":{\"preferences\":{\"subscribed\":false}}", "sms.preferences.subscribed")]
    [InlineData(
        """
        "subscriptions":[{"channel":"email","status":"subscribed"},{"channel":"sms","status":"unsubscribed"}]
        """,
        "subscriptions.sms.status: 'unsubscribed'")]
    [InlineData("\"newsletter\":{\"sms\":false,\"weekly\":true}", null)]
    [InlineData("\"sms_marketing\":{\"state\":\"not_subscribed\",\"opt_in_level\":\"single_opt_in\"}", null)]
    public void It_is_a_warning_at_most_by_its_whole_path(string json, string? path)
    {
        var result = Send(json);

        Assert.Single(result.Output);
        var warnings = result.Warnings
            .Where(warning => warning.Contains("no messages", StringComparison.Ordinal)).ToArray();
        if (path is null)
        {
            Assert.Empty(warnings);
        }
        else
        {
            Assert.Contains(warnings, warning => warning.Contains($"olumn {path}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("\"contact\":{\"unsubscribed\":true}", "contact.unsubscribed: 'True'")]
    [InlineData("\"customer\":{\"status\":\"unsubscribed\"}", "customer.status: 'unsubscribed'")]
    [InlineData("\"preferences\":{\"opt_in\":false}", "preferences.opt_in: 'False'")]
    [InlineData("\"marketing\":{\"subscribed\":false}", "marketing.subscribed: 'False'")]
    [InlineData("\"email\":{\"opted_out\":true}", "email.opted_out: 'True'")]
    [InlineData("\"notifications\":{\"email\":{\"subscribed\":false}}", "notifications.email.subscribed: 'False'")]
    [InlineData("\"mobile\":{\"email\":{\"subscribed\":false}}", "mobile.email.subscribed: 'False'")]
    [InlineData("\"sms\":{\"email_opt_out\":true}", "sms.email_opt_out: 'True'")]
    [InlineData("\"sms_and_email\":{\"subscribed\":false}", "sms_and_email.subscribed: 'False'")]
    [InlineData("\"subscriptions\":{\"sms\":\"subscribed\",\"email\":\"unsubscribed\"}", "subscriptions: 'unsub")]
    [InlineData("\"subscriptions\":[{\"channel\":\"email\",\"status\":\"unsubscribed\"}]", "subscriptions: 'unsub")]
    [InlineData(
        "\"orders\":[{\"email\":\"ada@example.com\",\"channel\":\"sms\",\"unsubscribed\":\"yes\"}]",
        "orders.unsubscribed: 'yes'")]
    [InlineData("\"tags\":[{\"text\":\"Unsubscribed\"}]", "tags: 'Unsubscribed'")]
    [InlineData("\"phone\":{\"subscribed\":false}", "phone.subscribed: 'False'")]
    [InlineData("\"call_center\":{\"do_not_contact\":true}", "call_center.do_not_contact: 'True'")]
    [InlineData("\"mobile_app\":{\"unsubscribed\":true}", "mobile_app.unsubscribed: 'True'")]
    [InlineData("\"E-post\":{\"avregistrerad\":\"ja\"}", "E-post.avregistrerad: 'ja'")]
    [InlineData("\"SMS\":{\"email\":\"ada@example.com\",\"unsubscribed\":true}", "SMS.unsubscribed: 'True'")]
    [InlineData("\"plan\":{\"owner\":{\"email\":\"a@x.org\",\"opt_out\":true}}", "plan.owner.opt_out: 'True'")]
    [InlineData("\"tags\":[{\"type\":\"call\",\"name\":\"DNC\"}]", "tags: 'DNC'")]
    [InlineData("\"lists\":[{\"kind\":\"sms\",\"status\":\"unsubscribed\"}]", "lists: 'unsubscribed'")]
    [InlineData("\"meta\":[{\"type\":\"text\",\"key\":\"newsletter\",\"value\":\"no\"}]", "meta.newsletter: 'no'")]
    public void One_that_stands_anywhere_else_is_the_error_of_the_row(string json, string path)
    {
        var error = Assert.Single(Send(json).Errors).ToString();

        Assert.Contains($"column {path}", error, StringComparison.Ordinal);
        Assert.Contains("says that this person wants no messages", error, StringComparison.Ordinal);
    }

    private Result Send(string json)
    {
        Engine.Set("json", $$"""{"ConversationId":"{{Engine.Guid1}}",{{json.Trim()}}}""");
        return Engine.Run("$json | ConvertFrom-Json | Send-WixInboxMessage x");
    }
}
