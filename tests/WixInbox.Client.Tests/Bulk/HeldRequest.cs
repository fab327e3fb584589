namespace WixInbox.Tests.Bulk;

/// <summary>A request that waits for its answer.</summary>
internal sealed class HeldRequest(RecordedRequest request)
{
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public RecordedRequest Request => request;

    public void Answer(HttpResponseMessage answer) => _answer.SetResult(answer);

    public Task<HttpResponseMessage> AnswerAsync(CancellationToken cancellationToken) =>
        _answer.Task.WaitAsync(cancellationToken);
}
