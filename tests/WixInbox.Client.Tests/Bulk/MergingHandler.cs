namespace WixInbox.Tests.Bulk;

/// <summary>Merges a conversation into another one before the next request that reads.</summary>
internal class MergingHandler : DelegatingHandler
{
    public Action? Merge { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get && Merge is { } merge)
        {
            Merge = null;
            merge();
        }

        return base.SendAsync(request, cancellationToken);
    }
}
