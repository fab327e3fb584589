using System.Collections.Concurrent;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Pipeline;

/// <summary>
/// The rows of a cmdlet that finds the conversation of each. Recipients who are named by an address or a contact id are
/// looked up together with those of later rows, and the rows are done in their order.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="calls">What makes its calls.</param>
/// <param name="write">Does the cmdlet's work for a row, in the row's turn.</param>
internal sealed class ConversationRows(PSCmdlet cmdlet, CallRun calls, Action<Row, WixInboxConnection> write)
{
    private readonly Queue<(Row Row, WixInboxConnection Connection, ErrorRecord? Problem, Task LookUp)> _window = new();
    private readonly Dictionary<WixInboxConnection, ConversationFinder> _finders = [];
    private readonly ConcurrentQueue<string> _warnings = new();

    /// <summary>Takes a row. Its recipient is looked up, and its work is done in its turn.</summary>
    /// <param name="row">The row, which was read.</param>
    /// <param name="confirm">Tells whether something is to be done for it.</param>
    public void Add(Row row, Func<Row, WixInboxConnection, bool>? confirm = null)
    {
        WixInboxConnection connection = null!;
        var problem = RecipientProblems.Find(row) is { Count: > 0 } found
            ? RowErrors.Invalid(row, found, RowErrors.NoRequest)
            : calls.Find(row, out connection);
        if (problem is null && confirm?.Invoke(row, connection) == false)
        {
            return;
        }

        var lookUp = problem is null ? FinderOf(connection).BeginAsync(row.Recipient!.Value) : Task.CompletedTask;
        _window.Enqueue((row, connection, problem, lookUp));

        // In the order of the rows: one that is being looked up holds up those behind it.
        while (_window.Count > 0 && (_window.Peek().LookUp.IsCompleted || _window.Count >= BulkRun.LookUpSize))
        {
            WriteHead();
        }
    }

    /// <summary>Does the work of all rows that have come.</summary>
    public void WriteAll()
    {
        while (_window.Count > 0)
        {
            WriteHead();
        }
    }

    /// <summary>Finds the conversation of a row. If there is none, the row's error is written.</summary>
    public Conversation? Find(Row row, WixInboxConnection connection)
    {
        var recipient = row.Recipient!.Value;
        var outcome = calls.Await(connection, (_, token) => FinderOf(connection).FindAsync(recipient, token));
        while (_warnings.TryDequeue(out var warning))
        {
            cmdlet.WriteWarning(warning);
        }

        if (outcome.Value is { Conversation: { } conversation } answer)
        {
            conversation.Created = answer.NewConversation;
            return conversation;
        }

        calls.Fail(connection, row, outcome, $"the conversation of {recipient} could not be found or created.");
        return null;
    }

    private void WriteHead()
    {
        var (row, connection, problem, _) = _window.Dequeue();

        // An earlier row may have failed as every further one would.
        if ((problem ?? calls.Find(row, out _)) is { } error)
        {
            cmdlet.WriteError(error);
        }
        else
        {
            write(row, connection);
        }
    }

    private ConversationFinder FinderOf(WixInboxConnection connection)
    {
        if (!_finders.TryGetValue(connection, out var finder))
        {
            _finders[connection] = finder =
                new ConversationFinder(connection.Client, _warnings.Enqueue, calls.StopSignal.Token);
        }

        return finder;
    }
}
