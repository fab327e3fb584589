using System.Text;

namespace WixInbox.Tests.Media;

public sealed class LocalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("photo.jpg", "jpeg-exif-turned-37x21.jpg", "image/jpeg")]
    [InlineData("PHOTO.JPEG", Picture.Jpeg, "image/jpeg")]
    [InlineData("photo", Picture.Jpeg, "image/jpeg")]
    [InlineData("photo.own", Picture.Png, "image/png")]
    [InlineData("a.gif", "gif-animated-33x9.gif", "image/gif")]
    [InlineData("a.webp", "webp-lossless-51x19.webp", "image/webp")]
    public void A_picture_is_known_by_its_content_and_measured_as_it_is_stored(
        string name, string picture, string mimeType)
    {
        var file = LocalFile.Read(_folder.Write(name, Picture.Read(picture)), TestClient.Cancellation);

        Assert.Equal((name, _folder[name], mimeType, true), (file.Name, file.Path, file.MimeType, file.IsImage));
        Assert.Equal(Picture.Read(picture).Length, file.Size);
        Assert.Equal(Picture.SizeOf(picture), (file.Width, file.Height));
    }

    [Theory]
    [InlineData("a.pdf", "%PDF-1.7 …", "application/pdf")]
    [InlineData("a.pdf", "\u0000\u0001 a printer's own %PDF-1.4", "application/pdf")]
    [InlineData("A.PDF", "a printer's own %PDF-1.4", "application/pdf")]
    [InlineData("noending", "%PDF-1.7", "application/pdf")]
    [InlineData("a.tar", "invoice.pdf %PDF-1.7", "application/octet-stream")]
    [InlineData("noending", "about %PDF-1.7", "application/octet-stream")]
    [InlineData("a.txt", "about %PDF-1.7", "text/plain")]
    [InlineData("a.txt", "GIF", "text/plain")]
    [InlineData("a.docx", "PK\u0003\u0004", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.SVG", "<svg/>", "image/svg+xml")]
    [InlineData("a.own", "x", "application/octet-stream")]
    [InlineData("noending", "x", "application/octet-stream")]
    public void Another_file_is_known_by_its_ending_and_is_no_image(string name, string content, string mimeType)
    {
        var file = LocalFile.Read(_folder.Write(name, content), TestClient.Cancellation);

        Assert.Equal((mimeType, false, null, null), (file.MimeType, file.IsImage, file.Width, file.Height));
    }

    [Theory]
    [InlineData("a.jpg", Picture.Png, "is a PNG image", ".png.")]
    [InlineData("a.png", Picture.Jpeg, "is a JPEG image", ".jpg.")]
    [InlineData("a.txt", Picture.Png, "is a PNG image", ".png.")]
    [InlineData("a.pdf", "gif89a-33x9.gif", "is a GIF image", ".gif.")]
    public void A_picture_under_another_ones_ending_is_told(string name, string picture, string what, string ending)
    {
        var problem = Fails(LocalFileProblem.TypeMismatch, _folder.Write(name, Picture.Read(picture)));

        Assert.Contains(what, problem, StringComparison.Ordinal);
        Assert.EndsWith(ending, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.png", "not a PNG image")]
    [InlineData("a.jpg", "not a JPEG image")]
    [InlineData("a.webp", "not a WebP image")]
    [InlineData("a.pdf", "not a PDF document")]
    public void What_is_not_what_its_ending_says_is_told(string name, string what) =>
        Assert.Contains(
            what, Fails(LocalFileProblem.TypeMismatch, _folder.Write(name, "some text")), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_there_is_a_folder_or_has_nothing_in_it_is_told()
    {
        Assert.Equal($"There is no file '{_folder["a.png"]}'.", Fails(LocalFileProblem.NotFound, _folder["a.png"]));
        Assert.Contains("no file", Fails(LocalFileProblem.NotFound, _folder["none/a.png"]), StringComparison.Ordinal);
        Assert.Equal($"'{_folder.Path}' is a folder and not a file.", Fails(LocalFileProblem.NotFound, _folder.Path));
        Assert.Equal(
            $"'{_folder["a.png"]}' is empty, and Wix accepts no empty file. A pipe or a device counts as empty.",
            Fails(LocalFileProblem.Empty, _folder.Write("a.png", [])));
    }

    [Fact]
    public void What_somebody_writes_to_cannot_be_read()
    {
        using var writer = new FileStream(_folder["a.txt"], FileMode.Create, FileAccess.Write, FileShare.None);
        writer.WriteByte(1);
        writer.Flush();

        Assert.StartsWith(
            $"'{_folder["a.txt"]}' cannot be read: ",
            Fails(LocalFileProblem.Unreadable, _folder["a.txt"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_as_long_as_it_was_or_not_there_cannot_be_opened()
    {
        var file = LocalFile.Read(_folder.Write("a.txt", "as it was"), TestClient.Cancellation);

        using (var reader = new StreamReader(file.Open(), Encoding.UTF8))
        {
            Assert.Equal("as it was", reader.ReadToEnd());
        }

        _folder.Write("a.txt", "as it was not");
        Assert.Equal(LocalFileProblem.Changed, Assert.Throws<LocalFileException>(file.Open).Problem);
        File.Delete(file.Path);
        Assert.Equal(LocalFileProblem.NotFound, Assert.Throws<LocalFileException>(file.Open).Problem);
    }

    [Fact]
    public void A_large_one_is_read_whole()
    {
        var content = new byte[3_000_000];
        Picture.Read(Picture.Jpeg).CopyTo(content, 0);
        var file = LocalFile.Read(_folder.Write("a.jpg", content), TestClient.Cancellation);
        content[^1] = 1;

        Assert.Equal((3_000_000L, 37), (file.Size, file.Width));
        Assert.NotEqual(file.Hash, LocalFile.Read(_folder.Write("a.jpg", content), TestClient.Cancellation).Hash);
    }

    [Fact]
    public void The_reading_ends_when_it_is_cancelled()
    {
        var path = _folder.Write("a.txt", "some text");

        Assert.Throws<OperationCanceledException>(() => LocalFile.Read(path, new CancellationToken(canceled: true)));
    }

    [Theory(Skip = NotOnDesktop.Pipes)]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pipe_is_not_waited_for(bool isLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        var path = _folder["a.txt"];
        _folder.MakePipe("a.txt");
        if (isLink)
        {
            File.CreateSymbolicLink(_folder["link.txt"], path);
            path = _folder["link.txt"];
        }

        // With both of its ends open, it opens at once also where it should not be opened at all: so nothing waits.
        using var ends = new FileStream(
            _folder["a.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

        Assert.Contains("A pipe or a device", Fails(LocalFileProblem.Empty, path), StringComparison.Ordinal);
    }

    [Fact(Skip = NotOnDesktop.Pipes)]
    public void A_file_that_a_pipe_has_taken_the_place_of_was_changed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        var file = LocalFile.Read(_folder.Write("a.txt", "x"), TestClient.Cancellation);
        File.Delete(file.Path);
        _folder.MakePipe("a.txt");
        using var ends = new FileStream(
            file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

        Assert.Equal(LocalFileProblem.Changed, Assert.Throws<LocalFileException>(file.Open).Problem);
    }

    [Fact]
    public void A_device_without_end_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no devices among its files.");

        Fails(LocalFileProblem.Empty, "/dev/null");
        Fails(LocalFileProblem.Empty, "/dev/zero");
    }

    [Fact(Skip = NotOnDesktop.Links)]
    public void What_a_link_leads_to_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets administrators alone make links.");
        _folder.Write("a.txt", "some text");
        File.CreateSymbolicLink(_folder["link.txt"], _folder["a.txt"]);

        Assert.Equal(9, LocalFile.Read(_folder["link.txt"], TestClient.Cancellation).Size);
    }


    private static string Fails(LocalFileProblem problem, string path)
    {
        var exception = Assert.Throws<LocalFileException>(() => LocalFile.Read(path, TestClient.Cancellation));
        Assert.Equal(problem, exception.Problem);
        return exception.Message;
    }
}
