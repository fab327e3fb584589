using WixInbox.Validation;

namespace WixInbox;

/// <summary>The rows of a run that have no result yet, in the order in which their results are given.</summary>
/// <param name="run">The run.</param>
/// <param name="size">The most rows that are read ahead.</param>
internal sealed class BulkWindow(BulkRun run, int size)
{
    private readonly Queue<(BulkRow Row, Task<Outcome<Message>> Sending)> _window = new();

    /// <summary>Sends messages, which are read as they can be sent.</summary>
    /// <returns>A result for each, in their order.</returns>
    public async IAsyncEnumerable<BulkResult> SendAsync(IEnumerable<BulkMessage> messages)
    {
        foreach (var message in messages)
        {
            while (_window.Count > 0 && await IsHeadNextAsync().ConfigureAwait(false))
            {
                yield return await TakeHeadAsync().ConfigureAwait(false);
            }

            _window.Enqueue(Begin(message));
        }

        while (_window.Count > 0)
        {
            yield return await TakeHeadAsync().ConfigureAwait(false);
        }
    }

    private async Task<BulkResult> TakeHeadAsync()
    {
        var (row, sending) = _window.Peek();
        var outcome = await sending.ConfigureAwait(false);
        _window.Dequeue();
        return new BulkResult(row, outcome);
    }

    // Tells whether the head is to be given back before a further message is read.
    private async ValueTask<bool> IsHeadNextAsync()
    {
        var head = _window.Peek().Sending;
        if (head.IsCompleted || _window.Count >= size)
        {
            return true;
        }

        var room = run.WaitForRoomAsync();
        if (!room.IsCompleted)
        {
            await Task.WhenAny(room, head).ConfigureAwait(false);
        }

        return head.IsCompleted;
    }

    // Takes a message and starts to send it, or gives what is wrong with its row: no message ends those behind it.
    private (BulkRow Row, Task<Outcome<Message>> Sending) Begin(BulkMessage message)
    {
        var rules = new FieldRules();
        if (message?.Key is { Length: 0 or > BulkMessage.LongestKey } key)
        {
            rules.Add(
                "key",
                key.Length == 0 ? RuleNames.KeyMissing : RuleNames.KeyTooLong,
                $"A key has 1 to {BulkMessage.LongestKey} characters.",
                BulkMessage.LongestKey,
                key.Length);
            return (run.NewRow(message), Rejected(rules));
        }

        var row = run.Take(message!);
        if (row.Recipient is null)
        {
            rules.Add("recipient", RuleNames.RecipientMissing, "The message has no recipient.");
            run.NoteInvalid(row, RuleNames.RecipientMissing);
            return (row, Rejected(rules));
        }

        return (
            row,
            row.IsSettled || row.IsKeyRepeated || row.IsKeyOfAnother
                ? Task.FromResult(OutcomeOf(row))
                : run.SendAsync(row));

        static Task<Outcome<Message>> Rejected(FieldRules rules) =>
            Task.FromResult(Outcome<Message>.Invalid(Operation.SendMessage, rules.Violations));
    }

    // What an earlier run, or an earlier row with the same key, has made of a row.
    private Outcome<Message> OutcomeOf(BulkRow row)
    {
        if (row is { Earlier: JournalState.Sent, IsKeyRepeated: false, IsKeyOfAnother: false })
        {
            return run.ReadOutcome(row);
        }

        var code = row.IsKeyRepeated ? FailureCodes.KeyRepeated
            : row.IsKeyOfAnother ? FailureCodes.KeyOfAnother
            : null;
        return new Outcome<Message>
        {
            Kind = OutcomeKind.Rejected,
            Failure = new Failure
            {
                Operation = Operation.SendMessage,
                Cause = code is null ? FailureCause.AlreadyFailed : FailureCause.Key,
                Code = code,
            },
        };
    }
}
