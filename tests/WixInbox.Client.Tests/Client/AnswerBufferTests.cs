using System.Net;
using System.Text;

namespace WixInbox.Tests.Client;

/// <summary>
/// The memory into which answers are read is used again, by others too: nothing of an answer stays in it. These run by
/// themselves: another test would have it by then.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class AnswerBufferTests
{
    [Fact]
    public async Task Nothing_of_an_answer_stays_in_memory_that_is_used_again()
    {
        var body = new SeenStream(
            Encoding.UTF8.GetBytes("""{"message":{"id":"1","content":{"previewText":"Hi Ada"}}}"""));

        var outcome = await TestClient.SendAsync(
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });

        Assert.Equal("Hi Ada", outcome.Value!.Content!.PreviewText);
        Assert.NotNull(body.Buffer);
        Assert.All(body.Buffer, value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task What_an_answer_that_broke_off_was_read_into_is_not_used_again()
    {
        // A stream may go on writing into what it was given.
        var broken = new SeenStream([(byte)'{'], then: new OperationCanceledException());
        await TestClient.SendAsync(
            new StubHandler(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(broken) }));
        var next = new SeenStream(Encoding.UTF8.GetBytes("""{"message":{"id":"1"}}"""));

        await TestClient.SendAsync(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(next) });

        Assert.NotSame(broken.Buffer, next.Buffer);
    }

    private sealed class SeenStream(byte[] body, Exception? then = null) : MemoryStream(body)
    {
        /// <summary>Gets what the answer was read into.</summary>
        public byte[]? Buffer { get; private set; }

#if NET
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

#endif
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Buffer = buffer;
            return then is not null && Position == Length
                ? Task.FromException<int>(then)
                : base.ReadAsync(buffer, offset, count, cancellationToken);
        }
    }
}
