using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Pipeline;

/// <summary>
/// The rows of a cmdlet that gets the contact of each: those of many rows are looked up with one request, and the
/// contacts come in the order of the rows.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="calls">What makes its calls.</param>
/// <param name="pages">What reads contacts.</param>
/// <param name="write">Writes a contact of a row.</param>
internal sealed class ContactRows(
    PSCmdlet cmdlet, CallRun calls, ContactPages pages, Action<Contact, Row, WixInboxConnection> write)
{
    // As many as Send-WixInboxMessage looks up at once. Wix documents no limit of its own.
    private const int BatchSize = BulkRun.LookUpSize;

    private static readonly TimeSpan s_batchWait = TimeSpan.FromMilliseconds(100);

    private readonly Queue<(Row Row, WixInboxConnection Connection, ErrorRecord? Problem)> _asked = new();
    private long? _askedAt;

    /// <summary>Takes a row. Its contact is looked up together with those of later rows.</summary>
    /// <param name="row">The row, which was read.</param>
    public void Add(Row row)
    {
        WixInboxConnection connection = null!;
        var problem = row.Recipient is null && row.Problems.Count == 0
                ? RowErrors.IdMissing(row, RuleNames.RecipientMissing, "contact", "ContactId", "Email")
            : RecipientProblems.Find(row) is { Count: > 0 } found ? RowErrors.Invalid(row, found, RowErrors.NoRequest)
            : calls.Find(row, out connection);
        _asked.Enqueue((row, connection, problem));
        if (_asked.All(one => one.Problem is not null))
        {
            WriteAll();
            return;
        }

        // A source may be slow: those that have come are then looked up with the next one.
        var time = (connection ?? _asked.First(one => one.Problem is null).Connection).Client.TimeProvider;
        _askedAt ??= time.GetTimestamp();
        if (_asked.Count == BatchSize || time.GetElapsedTime(_askedAt.Value) >= s_batchWait)
        {
            WriteAll();
        }
    }

    /// <summary>Looks up all rows that have come, and writes what is found, in the order of the rows.</summary>
    public void WriteAll()
    {
        var found = _asked.Where(one => one.Problem is null)
            .GroupBy(one => (one.Connection, one.Row.Recipient!.Value.Kind))
            .ToDictionary(
                group => group.Key,
                group => LookUp(group.Key.Connection, group.Key.Kind, [.. group.Select(one => one.Row)]));
        while (_asked.Count > 0)
        {
            var (row, connection, problem) = _asked.Dequeue();
            if (problem is not null)
            {
                cmdlet.WriteError(problem);
            }
            else if (found[(connection, row.Recipient!.Value.Kind)] is { } contacts)
            {
                Write(row, connection, contacts[row.Recipient.Value.Id]);
            }
        }

        _askedAt = null;
    }

    private void Write(Row row, WixInboxConnection connection, IEnumerable<Contact> contacts)
    {
        var isFound = false;
        foreach (var contact in contacts)
        {
            isFound = true;
            write(contact, row, connection);
        }

        // An id that no query finds may be that of a contact who was merged into another: only the call for a single
        // contact says into whom.
        if (!isFound && row.Recipient!.Value.Kind == RecipientKind.Contact)
        {
            GetById(row);
        }
        else if (!isFound)
        {
            cmdlet.WriteError(RowErrors.ContactNotFound(row));
        }
    }

    // Null if the look-up failed: an error of each of the rows, if others go on.
    private ILookup<string, Contact>? LookUp(WixInboxConnection connection, RecipientKind kind, Row[] rows)
    {
        string[] asked = [.. rows.Select(row => row.Recipient!.Value.Id)];
        var request = kind == RecipientKind.Contact
            ? new QueryContactsRequest { ContactIds = [.. asked.Distinct(StringComparer.OrdinalIgnoreCase)] }

            // Whether Wix tells upper from lower case is not documented; most addresses are kept in lower case.
            : new QueryContactsRequest
            {
                Emails =
                    [.. asked.Concat(asked.Select(id => id.ToLowerInvariant())).Distinct(StringComparer.Ordinal)],
            };
        request.Limit = QueryContactsRequest.LargestPage;
        var hasFailed = false;

        // A single id costs the one request that it costs anyway.
        Contact[] contacts =
            request.ContactIds?.Count == 1 ? [] : [.. pages.Read(connection, request, Fail)];
        return hasFailed ? null : contacts
            .SelectMany(
                contact => kind == RecipientKind.Contact ? [contact.Id!] : contact.Emails,
                (contact, id) => (Id: id, Contact: contact))
            .ToLookup(pair => pair.Id, pair => pair.Contact, StringComparer.OrdinalIgnoreCase);

        void Fail(Outcome<QueryContactsResponse> outcome)
        {
            hasFailed = true;
            if (!calls.AreNamed)
            {
                calls.End(rows[0].Number, outcome, "the contacts could not be looked up.");
            }

            foreach (var row in rows)
            {
                calls.Fail(connection, row, outcome, $"{row.Recipient} could not be looked up.");
            }
        }
    }

    private void GetById(Row row)
    {
        if (!calls.TryFind(row, out var connection))
        {
            return;
        }

        var id = row.Recipient!.Value.Id;
        if (calls.Ask(
            row,
            connection,
            (client, token) => client.GetContactAsync(id, token),
            $"{row.Recipient} could not be read.") is { } contact)
        {
            write(contact, row, connection);
        }
    }
}
