using WixInbox.Journal;

namespace WixInbox.Http;

/// <summary>A file on its way to an address that proves by itself who sends it: nothing of that address but its host may be shown, and it is not signed.</summary>
/// <param name="address">The address, which is a secret.</param>
/// <param name="content">The file, open.</param>
/// <param name="mimeType">Its media type.</param>
/// <param name="timeout">The time of one attempt.</param>
internal sealed class Upload(Uri address, Stream content, string mimeType, TimeSpan timeout)
{
    private long _sent;

    public Uri Address { get; } = address;

    public Stream Content { get; } = content;

    /// <summary>Gets how many bytes there are.</summary>
    public long Size { get; } = content.Length;

    public string MimeType { get; } = mimeType;

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Gets or sets what the content is known by that has left, once it has.</summary>
    public Hash128 Hash { get; set; }

    /// <summary>Gets or sets how many bytes have left.</summary>
    public long Sent
    {
        get => Interlocked.Read(ref _sent);
        set => Interlocked.Exchange(ref _sent, value);
    }
}
