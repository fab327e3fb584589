namespace WixInbox.Csv;

/// <summary>
/// A file that is read until the pipeline stops. All of its bytes are read before its first row is: a large one takes a
/// while.
/// </summary>
/// <param name="path">The file. Excel and others hold one that they have open for writing.</param>
/// <param name="stopped">The token that is cancelled when the pipeline stops.</param>
internal sealed class StoppableFile(string path, CancellationToken stopped) : FileStream(
    path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan)
{
    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The pipeline has stopped.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        stopped.ThrowIfCancellationRequested();
        return base.Read(buffer, offset, count);
    }
}
