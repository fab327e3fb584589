using System.Text.Json.Serialization;

namespace WixInbox;

/// <summary>A page of a conversation's messages.</summary>
public sealed class ListMessagesResponse : WixObject
{
    /// <summary>Gets or sets the messages, newest first.</summary>
    public Message[]? Messages { get; set; }

    /// <summary>
    /// Gets where the next page begins, for <see cref="ListMessagesRequest.Cursor"/>; null after the last one.
    /// </summary>
    [JsonIgnore]
    public string? NextCursor => string.IsNullOrEmpty(Paging?.Cursors?.Next) ? null : Paging!.Cursors!.Next;

    [JsonInclude]
    [JsonPropertyName("pagingMetadata")]
    internal PagingMetadata? Paging { get; set; }

    internal sealed class PagingMetadata
    {
        public PagingCursors? Cursors { get; set; }
    }

    internal sealed class PagingCursors
    {
        public string? Next { get; set; }
    }
}
