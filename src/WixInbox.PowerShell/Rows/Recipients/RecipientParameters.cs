using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>The parameters that name somebody, the preferred one first, and what their values are.</summary>
internal static class RecipientParameters
{
    private static readonly (string Name, RecipientKind Kind)[] s_all =
    [
        (nameof(RecipientCommand.ConversationId), RecipientKind.Conversation),
        (nameof(RecipientCommand.MemberId), RecipientKind.Member),
        (nameof(RecipientCommand.ContactId), RecipientKind.Contact),
        (nameof(RecipientCommand.Email), RecipientKind.Email),

        // Somebody with an address is a contact, and has the contact's conversation. Statistics of a site know visitors
        // of their own.
        (nameof(RecipientCommand.AnonymousVisitorId), RecipientKind.AnonymousVisitor),
    ];

    /// <summary>Gets their names.</summary>
    public static string[] Names { get; } = Array.ConvertAll(s_all, one => one.Name);

    /// <summary>Gets what the values of a parameter are.</summary>
    public static RecipientKind KindOf(string name) => s_all[Array.IndexOf(Names, name)].Kind;

    /// <summary>Gets the parameter that a row fills which is an address itself; null if it is none.</summary>
    public static string? OfAddress(string text) => text.Contains('@') ? nameof(RecipientCommand.Email) : null;

    /// <summary>Gets the parameter for values of a kind.</summary>
    public static string NameOf(RecipientKind kind) => Array.Find(s_all, one => one.Kind == kind).Name;
}
