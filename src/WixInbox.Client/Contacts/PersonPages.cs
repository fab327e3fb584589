using WixInbox.Pace;

namespace WixInbox.Contacts;

/// <summary>
/// Reads all pages of contacts that a query finds. An address that hundreds of contacts have does not keep the others
/// from being found.
/// </summary>
/// <param name="client">Makes the requests.</param>
internal sealed class PersonPages(WixInboxClient client)
{
    // Fifty addresses have some fifty contacts. A server that gives the same page again and again would be asked for
    // ever.
    private const int MostPages = 5;

    /// <summary>Reads all contacts that v5 has with one of some values in a field.</summary>
    public async Task<Outcome<List<Person>>> ReadV5Async(
        string field, string[] values, QueuePlace place, CancellationToken cancellationToken)
    {
        var people = new List<Person>();
        string? cursor = null;
        for (var page = 1; ; page++)
        {
            var outcome = await client.QueryContactsV5Async(
                new QueryContactsV5Request(field, values, cursor),
                place,
                cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                return outcome.As<List<Person>>(null);
            }

            people.AddRange(
                answer.Contacts!.Where(contact => contact?.Id is not null).Select(contact => Person.Of(contact!)));
            cursor = answer.Next;
            if (string.IsNullOrEmpty(cursor))
            {
                return outcome.As(Person.Join(people));
            }

            if (page == MostPages)
            {
                string[] rest = [.. Unclear(values, people, (person, address) => person.Email == address)];
                return await WithRestAsync(
                    outcome.As(people),
                    values.Length,
                    rest,
                    () => ReadV5Async(field, rest, place, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads all contacts that v4 finds.</summary>
    public async Task<Outcome<List<Person>>> ReadV4Async(
        QueryContactsRequest request, QueuePlace place, CancellationToken cancellationToken)
    {
        var people = new List<Person>();
        request.Limit = QueryContactsRequest.LargestPage;
        for (var page = 1; ; page++)
        {
            request.Offset = (page - 1) * QueryContactsRequest.LargestPage;
            var outcome = await client.QueryContactsAsync(
                request, place, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                return outcome.As<List<Person>>(null);
            }

            people.AddRange(answer.Contacts!.Where(contact => contact?.Id is not null).Select(Person.Of));
            if (answer.Contacts!.Length < QueryContactsRequest.LargestPage)
            {
                return outcome.As(Person.Join(people));
            }

            if (page == MostPages)
            {
                var addresses = request.Emails ?? [];
                string[] rest = [.. Unclear(addresses, people, (person, address) => person.Emails.Contains(address))];
                return await WithRestAsync(
                    outcome.As(people),
                    addresses.Count,
                    rest,
                    () => ReadV4Async(new QueryContactsRequest { Emails = rest }, place, cancellationToken))
                    .ConfigureAwait(false);
            }
        }
    }

    // The addresses with fewer than two contacts so far.
    private static IEnumerable<string> Unclear(
        IEnumerable<string> addresses, List<Person> people, Func<Person, string, bool> has) =>
        addresses.Where(address => people.Where(person => has(person, Person.Normal(address)))
            .Select(person => person.Id).Distinct().Take(2).Count() < 2);

    // An address that hundreds of contacts have fills all pages. Two of them make it ambiguous, and the other addresses
    // are asked for without it.
    private static async Task<Outcome<List<Person>>> WithRestAsync(
        Outcome<List<Person>> found, int asked, string[] rest, Func<Task<Outcome<List<Person>>>> readRest)
    {
        if (rest.Length == asked)
        {
            return Endless();
        }

        var others = rest.Length == 0 ? found : await readRest().ConfigureAwait(false);
        return others.As(others.Value is null ? null : Person.Join(found.Value!.Concat(others.Value)));
    }

    private static Outcome<List<Person>> Endless() => new()
    {
        Kind = OutcomeKind.NotSent,
        Failure = new Failure
        {
            Operation = Operation.QueryContacts,
            Cause = FailureCause.UnreadableResponse,
            Message = "Wix returned page after page of contacts, more than were looked up.",
        },
    };
}
