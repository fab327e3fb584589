using System.Text.Json.Nodes;
using WixInbox.Contacts;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Contacts;

/// <summary>A site with four contacts, and what looks them up.</summary>
internal sealed class DirectorySite : IDisposable
{
    public const string Ada = "aaaaaaaa-0000-4000-8000-000000000001";
    public const string Ben = "bbbbbbbb-0000-4000-8000-000000000002";
    public const string Cleo = "cccccccc-0000-4000-8000-000000000003";
    public const string Dan = "dddddddd-0000-4000-8000-000000000004";
    public const string AdasMember = "aaaaaaaa-0000-4000-8000-00000000000a";
    public const string OldAda = "eeeeeeee-0000-4000-8000-000000000005";
    public const string OldBen = "ffffffff-0000-4000-8000-000000000006";
    public const string PathV5 = "/contacts/v5/contacts/query";
    public const string PathV4 = "/contacts/v4/contacts/query";
    public const string QueryV5 = "POST /contacts/v5/contacts/query";
    public const string QueryV4 = "POST /contacts/v4/contacts/query";
    public const string GetV4 = "GET /contacts/v4/contacts/{contactId}";

    public DirectorySite()
    {
        Sandbox.AddContacts(
        [
            new()
            {
                Id = Ada,
                Emails = { "Ada@Example.com", "lovelace@example.com" },
                MemberId = AdasMember,
                SubscriptionStatus = "UNSUBSCRIBED",
            },
            new() { Id = Ben, Emails = { "ben@example.com", "shared@example.com" }, SubscriptionStatus = "SUBSCRIBED" },
            new() { Id = Cleo, Emails = { "twice@example.com", "shared@example.com", "ada@example.com" } },
            new() { Id = Dan, Emails = { "twice@example.com" } },
        ]);
        Client = TestClient.Over(Sandbox, requestsPerMinute: 0);
        Directory = new ContactDirectory(Client);
    }

    public SandboxHandler Sandbox { get; } = new();

    public WixInboxClient Client { get; }

    public ContactDirectory Directory { get; }

    /// <summary>Gets how often which request was made.</summary>
    public string[] Requests =>
        [.. Sandbox.RequestCounts.Select(count => $"{count.Count} {count.Method} {count.Path}")];

    /// <summary>Gets the values that a look-up asks for.</summary>
    public static string[] Asked(RecordedRequest request, string field) =>
    [
        .. JsonNode.Parse(request.Body)!["query"]!["filter"]![field]!["$in"]!.AsArray()
            .Select(value => value!.GetValue<string>()),
    ];

    public void Dispose()
    {
        Client.Dispose();
        Sandbox.Dispose();
    }

    /// <summary>Lets requests fail.</summary>
    public void Refuse(string pathPrefix, int status, int times = 100) =>
        Sandbox.AddFault(new Fault
        {
            Kind = status < 500 ? FaultKind.ApplicationError : FaultKind.ServerErrorBefore,
            Code = status < 500 ? "NO" : null,
            Status = status,
            PathPrefix = pathPrefix,
            Times = times,
        });

    public async Task<ContactLookup[]> FindAsync(params string[] addresses) =>
        Found(await Directory.FindByEmailAsync(addresses, default, TestClient.Cancellation));

    public async Task<ContactLookup[]> FindByIdAsync(params string[] ids) =>
        Found(await Directory.FindByIdAsync(ids, default, TestClient.Cancellation));

    private static ContactLookup[] Found(Outcome<ContactLookup>[] outcomes) =>
    [
        .. outcomes.Select(outcome =>
        {
            Assert.Null(outcome.Failure);
            return outcome.Value!;
        }),
    ];
}
