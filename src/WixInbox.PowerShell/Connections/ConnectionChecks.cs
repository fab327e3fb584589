using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>Reads from the answers to three requests, or four, what works over a connection.</summary>
/// <param name="connection">The connection.</param>
/// <param name="row">How errors speak of it.</param>
internal sealed class ConnectionChecks(WixInboxConnection connection, Row row)
{
    // Codes of a 401 that refuses the request although Wix knows the caller.
    private static readonly string[] s_signedIn = [FailureCodes.NotJoinedChatroom, FailureCodes.NoInboxInstance];

    private readonly List<ConnectionCheck> _checks = [];

    public IReadOnlyList<ConnectionCheck> All => _checks;

    /// <summary>Judges by the first answer whether the others are worth asking for.</summary>
    /// <param name="contacts">What became of asking for contacts.</param>
    /// <returns>Whether they are. If not, all is said.</returns>
    public bool Begin(Outcome<ContactAccess> contacts)
    {
        var failure = contacts.Failure;
        var host = connection.Sandbox ? "The sandbox" : "The host " + connection.BaseUri.Host;
        if (failure?.Cause == FailureCause.Token)
        {
            Add("Host", CheckResult.Unknown, "Not tested, since there is no token to ask with.");
            Add("SignIn", CheckResult.Failed, Explain(contacts, "there is no token."));
            GiveUp("Not tested, since there is no token.");
            return false;
        }

        if (failure is not null && !IsWix(failure))
        {
            Add(
                "Host",
                CheckResult.Failed,
                Explain(
                    contacts,
                    failure.StatusCode is null || failure.Cause == FailureCause.Proxy
                        ? $"{host} cannot be reached."
                        : $"{host} does not answer as Wix does."));
            GiveUp("Not tested, since the host does not answer.", "SignIn");
            return false;
        }

        Add("Host", CheckResult.Passed, $"{host} answers.");
        if (failure is { Operation: Operation.SignIn })
        {
            Add(
                "SignIn",
                failure.StatusCode >= 500 ? CheckResult.Unknown : CheckResult.Failed,
                Explain(contacts, "the app gets no token."));
            GiveUp("Not tested, since there is no token.");
            return false;
        }

        return true;
    }

    /// <summary>Judges by all answers.</summary>
    /// <param name="contacts">What became of asking for contacts.</param>
    /// <param name="messages">The outcome of asking for a message.</param>
    /// <param name="sending">The outcome of sending an empty message.</param>
    /// <param name="conversationId">The conversation whose messages were asked for, if it was given.</param>
    public void End(
        Outcome<ContactAccess> contacts,
        Outcome<ListMessagesResponse> messages,
        Outcome<Message> sending,
        string? conversationId)
    {
        var isAccepted = new[] { contacts.Failure, messages.Failure, sending.Failure }.Any(IsSignedIn);
        if (!isAccepted && (IsRefused(contacts.Failure) || IsRefused(messages.Failure) || IsRefused(sending.Failure)))
        {
            const string Consequence = "Wix does not know who is asking.";
            Add(
                "SignIn",
                CheckResult.Failed,
                IsRefused(sending.Failure) ? Explain(sending, Consequence)
                    : IsRefused(messages.Failure) ? Explain(messages, Consequence)
                    : Explain(contacts, Consequence));
            GiveUp("Not tested, since the sign-in failed.");
            return;
        }

        Add(
            "SignIn",
            isAccepted ? CheckResult.Passed : CheckResult.Unknown,
            !isAccepted ? Explain(sending, $"it is not known whether Wix accepts the {SecretName()}.")
                : connection.Sandbox ? "The sandbox needs no key, so this does not tell whether yours is accepted."
                : $"Wix accepts the {SecretName()}.");
        Add(
            "ReadContacts",
            contacts,
            contacts.Value is not null,
            contacts.Value?.TellsMembers == false
                ? "Contacts can be found by their address. Contacts v5 refuses, so it is not known who is a member: "
                    + "give -MemberId where a member does not get a message."
                : "Contacts can be found by their address, and it is known who is a member.",
            "contacts cannot be read.");
        Add(
            "ReadMessages",
            messages,
            messages.Value is not null || messages.Failure?.Code == FailureCodes.ConversationNotFound,
            conversationId is null ? "Messages may be read. To test a certain conversation, use -ConversationId."
                : messages.Value is not null ? "The conversation's messages can be read."
                : "Messages may be read, but the site has no such conversation.",
            "messages cannot be read.");
        Add(
            "SendMessages",
            sending,
            sending.Failure is { } refused
                && (refused.Code == FailureCodes.ConversationNotFound
                    || (refused.StatusCode == 400 && refused.Violations.Any(violation => violation.Field.Length > 0))),
            (connection.Sandbox ? "The sandbox" : "Wix")
                + " refuses an empty message for being empty, not for lack of a permission. Nothing was sent.",
            "messages cannot be sent.");
    }

    private void Add(string name, CheckResult result, string description) =>
        _checks.Add(new ConnectionCheck(name, result, description));

    private void Add<T>(string name, Outcome<T> outcome, bool passed, string success, string consequence)
        where T : class
    {
        // A 400 that says which field is at fault comes from the call itself. One that does not may come from anything
        // on the way to it.
        var isOpen = outcome.Failure is null or { StatusCode: null or 400 or 429 or >= 500 };
        var description = passed ? success
            : outcome.Failure is null ? "Wix has accepted an empty message, from which nothing can be concluded."
            : outcome.Failure.StatusCode == 400
                ? "Not known: the request was refused, and not for a field of it. " + Explain(outcome, consequence)
            : Explain(outcome, consequence);
        Add(name, passed ? CheckResult.Passed : isOpen ? CheckResult.Unknown : CheckResult.Failed, description);
    }

    // Adds the checks that cannot be made any more.
    private void GiveUp(string reason, params string[] more)
    {
        foreach (var name in more.Concat(["ReadContacts", "ReadMessages", "SendMessages"]))
        {
            Add(name, CheckResult.Unknown, reason);
        }
    }

    private string Explain<T>(Outcome<T> outcome, string consequence)
        where T : class => ReadErrors.Failed(row, outcome, consequence).Exception.Message;

    // Whatever answers with an address of its own, a page or no such path is something else on the way.
    private static bool IsWix(Failure failure) =>
        failure.Cause is FailureCause.Status
        && (failure.Code is not null || failure.StatusCode is 400 or 401 or 403 or 429 or >= 500);

    private static bool IsRefused(Failure? failure) =>
        failure?.StatusCode == 401 && !s_signedIn.Contains(failure.Code);

    // A server that fails, or that has too much to do, may not have looked who is asking.
    private static bool IsSignedIn(Failure? failure) =>
        failure is null
        || (IsWix(failure) && !IsRefused(failure) && failure.StatusCode is not (429 or >= 500));

    private string SecretName() => connection.Authentication switch
    {
        AuthenticationKind.ApiKey => "API key",
        AuthenticationKind.AppCredentials => "app's credentials",
        _ => "token",
    };
}
