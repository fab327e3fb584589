using System.Text;

namespace WixInbox.Journal;

/// <summary>Makes the hash that a row is known by if it brings no key: of whom it is for and what it says.</summary>
internal static class RowKey
{
    /// <summary>The most characters of a key that a row brings.</summary>
    public const int Longest = 256;

    public static Hash128 OfRecipient(Recipient recipient) => Hash128.Of(TextOf(recipient));

    /// <summary>Gets the hash that all equal rows have in common.</summary>
    /// <param name="recipient">Whom the row is for.</param>
    /// <param name="json">The request without a conversation, which is found only later, and may be found anew.</param>
    /// <param name="request">The request.</param>
    public static Hash128 OfContent(Recipient? recipient, byte[] json, SendMessageRequest request)
    {
        var whom = recipient is { } known ? TextOf(known) : string.Empty;
        return Hash128.Of(
            [.. Encoding.UTF8.GetBytes(whom + "\n"), .. json, .. Encoding.UTF8.GetBytes(FilesOf(request))]);
    }

    /// <summary>Gets the key of a row that brings none.</summary>
    /// <param name="content">The hash that equal rows have in common.</param>
    /// <param name="before">How many equal rows came before it in its run.</param>
    public static Hash128 Of(Hash128 content, int before) =>
        before == 0 ? content : Hash128.Of(FormattableString.Invariant($"{content} {before}"));

    // A file that is uploaded has another id in each run. It is known by its name, which is in the JSON, and by this
    // hash of its content.
    private static string FilesOf(SendMessageRequest request) =>
        string.Concat((request.Message?.Content?.Basic?.Items ?? []).Select(
            item => item?.LocalFile is { } file ? $"\n{file.Hash}" : string.Empty));

    private static string TextOf(Recipient recipient) => $"{recipient.Kind} {recipient.Id.ToLowerInvariant()}";
}
