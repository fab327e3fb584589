using System.Text;
using System.Text.Json;
using WixInbox.Json;

namespace WixInbox.Journal;

/// <summary>Makes the key of a row that brings none: a hash of whom it is for, what it says, and how many equal rows came before it.</summary>
internal static class RowKey
{
    /// <summary>The most characters of a key that a row brings.</summary>
    public const int Longest = 256;

    public static Hash128 OfRecipient(Recipient recipient) => Hash128.Of(TextOf(recipient));

    /// <summary>Gets the hash that all equal rows have in common.</summary>
    public static Hash128 OfContent(Recipient? recipient, SendMessageRequest request)
    {
        // The conversation is found only later, and may be found anew.
        var json = JsonSerializer.SerializeToUtf8Bytes(request.To(null!), WixJson.Wire.SendMessageRequest);
        var whom = recipient is { } known ? TextOf(known) : string.Empty;
        return Hash128.Of([.. Encoding.UTF8.GetBytes(whom + "\n"), .. json, .. Encoding.UTF8.GetBytes(FilesOf(request))]);
    }

    /// <summary>Gets the key of one of equal rows.</summary>
    /// <param name="content">The hash that they have in common.</param>
    /// <param name="ordinal">How many of them came before it.</param>
    public static string Of(Hash128 content, int ordinal) => Hash128.Of($"{content} {ordinal}").ToString();

    // A file that is uploaded has another id in each run. It is known by its name, which is in the JSON, and by this hash of its content.
    private static string FilesOf(SendMessageRequest request) =>
        string.Concat((request.Message?.Content?.Basic?.Items ?? []).Select(item => item?.LocalFile is { } file ? $"\n{file.Hash}" : string.Empty));

    private static string TextOf(Recipient recipient) => $"{recipient.Kind} {recipient.Id.ToLowerInvariant()}";
}
