using WixInbox.Contacts;

namespace WixInbox;

/// <summary>Remembers the contacts of e-mail addresses, which are looked up many with one request.</summary>
/// <param name="client">Asks for them.</param>
internal sealed class ContactFinder(WixInboxClient client)
{
    /// <summary>How many addresses are looked up at once at most.</summary>
    public const int BatchSize = ContactDirectory.BatchSize;

    private readonly ContactDirectory _directory = new(client);

    // What has been looked up. Where it is full, the oldest makes room, and is asked for again when its row comes.
    private readonly BoundedCache<string, ContactLookup> _found = new(10_000, StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether an address has been looked up.</summary>
    public bool Knows(string address) => _found.TryGet(address, out _);

    /// <summary>Gets the contact of an address.</summary>
    /// <returns>What was found, or why it could not be looked for.</returns>
    public async Task<(ContactLookup? Found, Outcome<ContactLookup[]>? Failed)> FindAsync(string address, CancellationToken cancellationToken)
    {
        if (!_found.TryGet(address, out var found))
        {
            var outcome = await LookUpAsync([address], cancellationToken).ConfigureAwait(false);
            if (outcome.Value is null)
            {
                return (null, outcome);
            }

            found = outcome.Value[0];
        }

        return (found, null);
    }

    /// <summary>Looks addresses up, at most <see cref="BatchSize"/> of them.</summary>
    public async Task<Outcome<ContactLookup[]>> LookUpAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var outcome = await _directory.FindByEmailAsync(addresses, cancellationToken).ConfigureAwait(false);
        foreach (var lookup in outcome.Value ?? [])
        {
            _found.Set(lookup.Asked, lookup);
        }

        return outcome;
    }
}
