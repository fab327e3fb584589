namespace WixInbox.Tests;

/// <summary>An answer's body that starts well and then does what a function says in place of going on.</summary>
internal sealed class BodyStream(byte[] start, Func<CancellationToken, Task<int>> then) : Stream
{
    private bool _started;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(NextAsync(buffer, cancellationToken));

#endif
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        NextAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<int> NextAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_started)
        {
            return await then(cancellationToken);
        }

        _started = true;
        start.CopyTo(buffer);
        return start.Length;
    }
}
