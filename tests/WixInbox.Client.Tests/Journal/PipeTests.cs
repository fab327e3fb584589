using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

/// <summary>A pipe that is given as a journal is refused at once, and never waited for.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Skip = NotOnDesktop.Pipes)]
    [InlineData(false)]
    [InlineData(true)]
    public void No_run_begins_with_one(bool isLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        var path = _folder.MakePipe("run.jsonl");
        if (isLink)
        {
            File.CreateSymbolicLink(_folder["link.jsonl"], path);
            path = _folder["link.jsonl"];
        }

        // With both of its ends open, it opens at once also where it should not be opened at all: so nothing waits.
        // What is written to it stays in it.
        using var ends = new FileStream(
            _folder["run.jsonl"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        ends.WriteByte((byte)'x');

        var errors = new[]
        {
            Assert.Throws<JournalException>(() => SendJournal.Open(path, Journals.Options())),
            Assert.Throws<JournalException>(() => SendJournal.Rehearse(path, Journals.Options())),
        };

        Assert.All(errors, error => Assert.Equal(
            (JournalProblem.NotAJournal, $"'{path}' is not a journal: it is a pipe, and keeps nothing. Name a file."),
            (error.Problem, error.Message)));
        Assert.Equal('x', ends.ReadByte());
        Assert.False(File.Exists(path + ".lock"));
    }

    [Fact(Skip = NotOnDesktop.Pipes)]
    public void None_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        var path = _folder.MakePipe("run.jsonl");
        using var ends = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        ends.WriteByte((byte)'x');

        Action[] reads =
        [
            () => Journals.ReadEntries(path),
            () => Journals.ReadSummary(path),
            () => Journals.ReadReport(path),
        ];

        Assert.All(
            reads, read => Assert.Equal(JournalProblem.NotAJournal, Assert.Throws<JournalException>(read).Problem));
        Assert.Equal('x', ends.ReadByte());
    }
}
