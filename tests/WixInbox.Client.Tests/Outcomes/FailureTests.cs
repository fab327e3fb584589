namespace WixInbox.Tests.Outcomes;

/// <summary>Whether the message is at fault, its file, or something that every further message would meet.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(Operation.SendMessage, FailureCause.Outage, null, null)]
    [InlineData(Operation.SendMessage, FailureCause.Journal, null, null)]
    [InlineData(Operation.SendMessage, FailureCause.Token, null, null)]
    [InlineData(Operation.SendMessage, FailureCause.Proxy, 407, null)]
    [InlineData(Operation.SendMessage, FailureCause.Status, 429, null)]
    [InlineData(Operation.SendMessage, FailureCause.Status, 401, null)]
    [InlineData(Operation.SendMessage, FailureCause.Status, 403, null)]
    [InlineData(Operation.SendMessage, FailureCause.Status, 403, "PERMISSION_DENIED")]
    [InlineData(Operation.SendMessage, FailureCause.Status, 428, "INBOX_INSTANCE_NOT_FOUND")]
    [InlineData(Operation.GetOrCreateConversation, FailureCause.Status, 404, "NO_INBOX_INSTANCE")]
    [InlineData(Operation.QueryContacts, FailureCause.Status, 403, null)]
    [InlineData(Operation.SignIn, FailureCause.Status, 400, null)]
    [InlineData(Operation.GenerateUploadUrl, FailureCause.Status, 401, null)]
    public void What_every_further_message_would_meet_concerns_all(
        Operation operation, FailureCause cause, int? status, string? code)
    {
        Assert.True(new Failure { Operation = operation, Cause = cause, StatusCode = status, Code = code }.ConcernsAll);
    }

    [Theory]
    [InlineData(Operation.SendMessage, FailureCause.Connection, null, null)]
    [InlineData(Operation.SendMessage, FailureCause.Timeout, null, null)]
    [InlineData(Operation.SendMessage, FailureCause.Status, 404, "CONVERSATION_NOT_FOUND")]
    [InlineData(Operation.SendMessage, FailureCause.Status, 404, "PERMISSION_DENIED")]
    [InlineData(Operation.SendMessage, FailureCause.Status, 403, "SENDER_NOT_ALLOWED")]
    [InlineData(Operation.SignIn, FailureCause.Connection, null, null)]

    // A file that may not be uploaded concerns those alone that have one.
    [InlineData(Operation.UploadFile, FailureCause.Status, 401, null)]
    [InlineData(Operation.UploadFile, FailureCause.Status, 429, null)]
    [InlineData(Operation.GenerateUploadUrl, FailureCause.Status, 403, null)]
    [InlineData(Operation.ImportFile, FailureCause.Status, 403, "PERMISSION_DENIED")]

    // A conversation that cannot be read back leaves that one message open.
    [InlineData(Operation.ListMessages, FailureCause.Status, 401, null)]
    [InlineData(Operation.ListMessages, FailureCause.Outage, null, null)]
    public void What_the_next_message_need_not_meet_does_not(
        Operation operation, FailureCause cause, int? status, string? code)
    {
        Assert.False(
            new Failure { Operation = operation, Cause = cause, StatusCode = status, Code = code }.ConcernsAll);
    }

    [Theory]
    [InlineData(Operation.SendMessage, FailureCause.File, true)]
    [InlineData(Operation.GenerateUploadUrl, FailureCause.Status, true)]
    [InlineData(Operation.UploadFile, FailureCause.Status, true)]
    [InlineData(Operation.ImportFile, FailureCause.Status, true)]
    [InlineData(Operation.GetFile, FailureCause.Status, true)]
    [InlineData(Operation.SendMessage, FailureCause.Status, false)]
    [InlineData(Operation.GetOrCreateConversation, FailureCause.Connection, false)]
    public void A_file_and_the_calls_to_the_media_manager_concern_media(
        Operation operation, FailureCause cause, bool concernsMedia)
    {
        Assert.Equal(concernsMedia, new Failure { Operation = operation, Cause = cause }.ConcernsMedia);
    }
}
