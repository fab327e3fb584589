namespace WixInbox.Http;

/// <summary>
/// A file on its way to the address that Wix gave out for it. Whoever has that address may upload: so the request is
/// not signed, and the address not shown.
/// </summary>
/// <param name="address">The address as Wix gave it, which is a secret.</param>
/// <param name="file">The file, as it was when it was looked at.</param>
/// <param name="content">The file as it is now, open.</param>
/// <param name="timeout">The time of one attempt.</param>
internal sealed class Upload(Uri address, LocalFile file, Stream content, TimeSpan timeout)
{
    private long _sent;

    public Uri Address { get; } = address;

    /// <summary>
    /// Gets the address with the file's name. Older pages of Wix ask for the name here, newer ones where the address is
    /// asked for.
    /// </summary>
    public Uri Target { get; } = WithName(address, file.Name);

    public LocalFile File { get; } = file;

    public Stream Content { get; } = content;

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>
    /// Gets or sets what is wrong with the file: while it was sent, it turned out to be changed, or could not be read
    /// to its end.
    /// </summary>
    public LocalFileException? Fault { get; set; }

    /// <summary>Gets or sets how many bytes have left.</summary>
    public long Sent
    {
        get => Interlocked.Read(ref _sent);
        set => Interlocked.Exchange(ref _sent, value);
    }

    private static Uri WithName(Uri address, string name)
    {
        var query = address.Query.TrimStart('?');
        return new UriBuilder(address)
        {
            Query = (query.Length == 0 ? string.Empty : query + "&") + "filename=" + Uri.EscapeDataString(name),
        }.Uri;
    }
}
