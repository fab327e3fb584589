using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// The base of the cmdlets that find the conversation of each row. Recipients who are named by an address or a contact
/// id are looked up together with those of later rows. Not a cmdlet itself.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConversationCommand : RecipientCommand
{
    private readonly Queue<(Row Row, WixInboxConnection Connection, ErrorRecord? Problem, Task LookUp)> _window = new();
    private readonly Dictionary<WixInboxConnection, ConversationFinder> _finders = [];
    private readonly ConcurrentQueue<string> _warnings = new();

    private protected ConversationCommand()
    {
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in ReadEach())
        {
            Take(row);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (_window.Count > 0)
        {
            WriteHead();
        }
    }

    private protected override string? ParameterFor(string text) => text.Contains('@') ? nameof(Email) : null;

    /// <summary>Tells whether something is to be done for a row.</summary>
    private protected virtual bool Confirm(Row row, WixInboxConnection connection) => true;

    /// <summary>Does the cmdlet's work for a row, in the row's turn.</summary>
    private protected abstract void Write(Row row, WixInboxConnection connection);

    /// <summary>Finds the conversation of a row. If there is none, the row's error is written.</summary>
    private protected Conversation? Find(Row row, WixInboxConnection connection)
    {
        var recipient = row.Recipient!.Value;
        var outcome = Calls.Await(connection, (_, token) => FinderOf(connection).FindAsync(recipient, token));
        while (_warnings.TryDequeue(out var warning))
        {
            WriteWarning(warning);
        }

        if (outcome.Value is { Conversation: { } conversation } answer)
        {
            conversation.Created = answer.NewConversation;
            return conversation;
        }

        Calls.Fail(connection, row, outcome, $"the conversation of {recipient} could not be found or created.");
        return null;
    }

    private void Take(Row row)
    {
        WixInboxConnection connection = null!;
        var problem = RecipientProblems.Find(row) is { Count: > 0 } found
            ? RowErrors.Invalid(row, found, RowErrors.NoRequest)
            : Calls.Find(row, out connection);
        if (problem is null && !Confirm(row, connection))
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

    private void WriteHead()
    {
        var (row, connection, problem, _) = _window.Dequeue();

        // An earlier row may have failed as every further one would.
        if ((problem ?? Calls.Find(row, out _)) is { } error)
        {
            WriteError(error);
        }
        else
        {
            Write(row, connection);
        }
    }

    private ConversationFinder FinderOf(WixInboxConnection connection)
    {
        if (!_finders.TryGetValue(connection, out var finder))
        {
            _finders[connection] = finder = new ConversationFinder(connection.Client, _warnings.Enqueue, Calls.Stopped);
        }

        return finder;
    }
}
