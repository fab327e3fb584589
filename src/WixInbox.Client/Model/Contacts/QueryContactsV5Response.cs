namespace WixInbox;

/// <summary>A page of contacts of Contacts v5.</summary>
internal sealed class QueryContactsV5Response
{
    public ContactV5?[]? Contacts { get; set; }

    public Paging? PagingMetadata { get; set; }

    /// <summary>Gets where the next page begins; null on the last.</summary>
    public string? Next => PagingMetadata?.HasNext == false ? null : PagingMetadata?.Cursors?.Next;

    internal sealed class Paging
    {
        public bool? HasNext { get; set; }

        public PageCursors? Cursors { get; set; }
    }

    internal sealed class PageCursors
    {
        public string? Next { get; set; }
    }
}
