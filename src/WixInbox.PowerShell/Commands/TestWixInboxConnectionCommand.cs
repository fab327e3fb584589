using System.Management.Automation;
using WixInbox.Connections;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Tests a connection: whether Wix can be reached, accepts the key or token, and permits reading contacts, reading
/// messages and sending. It makes three requests, four where only the older Contacts v4 answers; it sends nothing and
/// creates nothing. A check that fails is part of the result, and not an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "WixInboxConnection")]
[OutputType(typeof(ConnectionTest))]
public sealed class TestWixInboxConnectionCommand : PSCmdlet, IDisposable
{
    private readonly CallRun _calls;

    /// <summary>Initializes a new instance of the <see cref="TestWixInboxConnectionCommand"/> class.</summary>
    public TestWixInboxConnectionCommand()
    {
        _calls = new CallRun(this);
    }

    /// <summary>Gets or sets the connection, or its name. Without one, the default of this runspace.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionIdentity? Connection { get; set; }

    /// <summary>
    /// Gets or sets the id of a conversation of the site, a GUID, to test whether its messages can be read. Without it,
    /// the test asks for a conversation that does not exist: the answer shows whether messages may be read at all.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConversationId { get; set; }

    /// <summary>Gets or sets whether to return nothing but whether all of it works: true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// Ends what is under way. The engine calls it on every way out of the pipeline, also where it calls nothing else.
    /// </summary>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (RowValues.Given(ConversationId) is { } id
            && new Recipient(RecipientKind.Conversation, id) is var recipient
            && recipient.Validate() is { Count: > 0 } violations)
        {
            ThrowTerminatingError(RowErrors.Invalid(new Row(null, null) { Recipient = recipient }, violations));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (new ConnectionTable(this).Find(Connection, out var problem) is { } connection)
        {
            var test = Test(connection);
            WriteObject(Quiet ? test.Succeeded : test);
        }
        else
        {
            WriteError(problem!);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private ConnectionTest Test(WixInboxConnection connection)
    {
        var before = connection.Client.RequestCount;
        var checks = new ConnectionChecks(connection, new Row(null, null));
        var contacts = _calls.Await(connection, (client, token) => client.ProbeContactsAsync(token));
        if (checks.Begin(contacts))
        {
            var id = RowValues.Given(ConversationId);
            var request = new ListMessagesRequest { ConversationId = id ?? Guid.NewGuid().ToString(), Limit = 1 };
            var messages = _calls.Await(connection, (client, token) => client.ListMessagesAsync(request, token));
            var sending = _calls.Await(connection, (client, token) => client.ProbeSendAsync(token));
            checks.End(contacts, messages, sending, id);
        }

        return new ConnectionTest(connection, checks.All, connection.Client.RequestCount - before);
    }
}
