using WixInbox.Sandbox;

namespace WixInbox.Tests.Media;

/// <summary>
/// Files by Communication Channels Media, which needs no permission but to send, and does not tell when a file is
/// ready.
/// </summary>
public sealed class MediaStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Ready after a day: whoever waits for it waits in vain.
    private readonly SandboxHandler _site = new(
        new SandboxOptions { MediaReadyAfter = TimeSpan.FromDays(1), MediaSizeLimit = 100 });

    public void Dispose()
    {
        _folder.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task A_file_goes_up_with_two_requests_and_can_be_sent()
    {
        using var client = Client();

        var outcome = await client.Media.UploadAsync(
            Open("a.txt", "hello"), TimeSpan.FromMinutes(2), TestClient.Cancellation);

        Assert.Equal(("a.txt", 5), (outcome.Value!.DisplayName, outcome.Value.SizeInBytes));
        Assert.Equal(_site.Uploads[0].Id, outcome.Value.Id);
        Assert.Equal(
            ["/communication-channels-media/v1/upload-url", "/sandbox-upload/{uploadToken}"],
            _site.RequestCounts.Select(count => count.Path));
    }

    [Fact]
    public async Task A_long_name_keeps_its_ending()
    {
        using var client = Client();

        var outcome = await client.Media.UploadAsync(
            Open(new string('n', 220) + ".txt", "hello"), TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal(new string('n', 196) + ".txt", outcome.Value!.DisplayName);
    }

    [Theory]
    [InlineData("https://example.com/cat.png?v=1", null, "cat.png", "image/png")]
    [InlineData(
        "https://example.com/report",
        "Report.docx",
        "Report.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("https://example.com/any", null, "any", null)]
    public async Task An_import_is_answered_flat_and_its_type_is_told_by_the_ending(
        string url, string? name, string shown, string? mimeType)
    {
        using var client = Client();

        var outcome = await client.Media.ImportAsync(url, name, TimeSpan.FromMinutes(2), TestClient.Cancellation);

        Assert.Equal((shown, mimeType), (outcome.Value!.DisplayName, outcome.Value.MimeType));
        Assert.NotNull(outcome.Value.Id);
        Assert.NotNull(outcome.Value.Url);
        Assert.Equal(["/communication-channels-media/v1/import-file"], _site.RequestCounts.Select(count => count.Path));
    }

    [Fact]
    public async Task A_long_name_is_cut_between_two_characters_and_keeps_its_ending()
    {
        using var client = Client();
        var longName = new string('x', 195) + "\U0001F600" + new string('y', 20) + ".txt";

        var outcome = await client.Media.UploadAsync(
            Open(longName, "x"), TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal(new string('x', 195) + ".txt", outcome.Value!.DisplayName);
    }

    [Fact]
    public async Task What_it_refuses_has_a_code()
    {
        using var client = Client();

        var large = await client.Media.UploadAsync(
            Open("a.txt", new string('x', 101)), TimeSpan.Zero, TestClient.Cancellation);
        var name = await client.Media.ImportAsync(
            "https://example.com/a.png", new string('x', 201), TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Rejected, "FILE_SIZE_OVER_LIMIT"), (large.Kind, large.Failure!.Code));
        Assert.Equal("DisplayNameTooLong", Assert.Single(name.Failure!.Violations).Rule);
    }

    private WixInboxClient Client() => new(
        new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
        {
            Handler = _site,
            MediaStore = MediaStore.Channels,
            Timeout = TestClient.AttemptTime,
            TimeProvider = new SkippingClock(),
        });

    private LocalFile Open(string name, string content)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content);
        return LocalFile.Read(path, TestClient.Cancellation);
    }
}
