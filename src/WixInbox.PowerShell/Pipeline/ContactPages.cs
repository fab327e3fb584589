using System.Management.Automation;

namespace WixInbox.Pipeline;

/// <summary>Reads contacts page by page.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="calls">What makes its calls.</param>
internal sealed class ContactPages(PSCmdlet cmdlet, CallRun calls)
{
    /// <summary>Reads contacts. A page is read when what is on it is asked for.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">Which contacts. It is moved on from page to page.</param>
    /// <param name="fail">Takes what became of a page that could not be read, after which none is.</param>
    public IEnumerable<Contact> Read(
        WixInboxConnection connection, QueryContactsRequest request, Action<Outcome<QueryContactsResponse>> fail)
    {
        string? firstOfLast = null;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var outcome = calls.Await(connection, (client, token) => client.QueryContactsAsync(request, token));
            if (outcome.Value?.Contacts is not { } page)
            {
                fail(outcome);
                yield break;
            }

            // A server that does not look at the offset would be asked for ever.
            var firstOfPage = page.Length > 0 ? page[0]?.Id : null;
            if (firstOfPage is not null && firstOfPage == firstOfLast)
            {
                cmdlet.WriteWarning(
                    "Wix keeps returning the same page of contacts, so further contacts were not read.");
                yield break;
            }

            firstOfLast = firstOfPage;
            foreach (var contact in page)
            {
                // A contact that is active while the pages are read comes again at their end.
                if (contact?.Id is not null && (request.ActiveAfter is null || seen.Add(contact.Id)))
                {
                    yield return contact;
                }
            }

            if (page.Length < request.Limit)
            {
                yield break;
            }

            // Counted by an offset, a contact would be passed over whenever an earlier one moves behind it. The next
            // page begins where the time of this one ends, and is the same page if all contacts of it have that time.
            if (page[page.Length - 1]?.LastActivity?.ActivityDate is { } last && request.ActiveAfter < last)
            {
                request.ActiveAfter = last;
                request.Offset = 0;
                firstOfLast = null;
                continue;
            }

            request.Offset += page.Length;
        }
    }
}
