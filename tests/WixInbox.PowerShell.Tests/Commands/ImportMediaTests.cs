namespace WixInbox.PowerShell.Tests;

/// <summary>Import-WixInboxMedia.</summary>
public sealed class ImportMediaTests : IDisposable
{
    private readonly MediaSite _site = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine;

    public ImportMediaTests()
    {
        File.Copy(StagedModule.Picture, _folder.File("a.png"));
        File.WriteAllText(_folder.File("b.txt"), "some text");
        File.WriteAllText(_folder.File("c[1].txt"), "some other text");
        _engine = new Engine();
        ClockedConnection.Use(_engine, _site.Handler, new SkippingClock());
        _engine.Runspace.SessionStateProxy.Path.SetLocation(_folder.Path);
        Assert.Null(_engine.Run("$PSDefaultParameterValues['Import-WixInboxMedia:Connection'] = $connection").Thrown);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_file_is_uploaded_and_given_back_with_what_is_known_of_it()
    {
        var file = Assert.Single(_engine.Run("Import-WixInboxMedia a.png").Output);

        Assert.Equal("WixInbox.MediaFile", file.BaseObject.GetType().FullName);
        dynamic known = file.BaseObject;
        Assert.Equal(["f1", "Ready", "Image", "image/png", _folder.File("a.png")], (string[])[
            known.Id,
            known.OperationStatus.ToString(),
            known.MediaType.ToString(),
            known.MimeType,
            known.Path,
        ]);
        Assert.Equal((480, 270), (known.Width, known.Height));
        Assert.Equal(["POST /generate-upload-url", "PUT /*"], _site.Requests);
    }

    [Theory]
    [InlineData("Import-WixInboxMedia *.txt, a.png", "b.txt", "c[1].txt", "a.png")]
    [InlineData("Import-WixInboxMedia -LiteralPath 'c[1].txt'", "c[1].txt")]
    [InlineData("'a.png', 'b.txt' | Import-WixInboxMedia", "a.png", "b.txt")]
    [InlineData("[IO.FileInfo]'FOLDER/c[1].txt' | Import-WixInboxMedia", "c[1].txt")]
    [InlineData("[pscustomobject]@{ Path = 'b.txt' } | Import-WixInboxMedia", "b.txt")]
    [InlineData(
        "[pscustomobject]@{ PSPath = 'Microsoft.PowerShell.Core\\FileSystem::FOLDER/c[1].txt' } | Import-WixInboxMedia",
        "c[1].txt")]
    [InlineData(
        "[pscustomobject]@{ LiteralPath = 'c[1].txt'; SiteId = '' }, [pscustomobject]@{ Path = '*.txt'; "
            + "Connection = $null } | Import-WixInboxMedia",
        "c[1].txt",
        "b.txt",
        "c[1].txt")]
    [InlineData("Import-WixInboxMedia '*'", "a.png", "b.txt", "c[1].txt")]
    public void Files_are_named_as_elsewhere_in_PowerShell(string script, params string[] names)
    {
        Directory.CreateDirectory(_folder.File("folder"));

        var result = _engine.Run(script.Replace("FOLDER", _folder.Path, StringComparison.Ordinal));

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(names.Select(_folder.File), result.OutputOf("Path"));
    }

    [Theory]
    [InlineData("SiteId")]
    [InlineData("Site-Id")]
    [InlineData("site_id")]
    [InlineData("Site ID")]
    public void A_file_goes_to_the_site_that_its_row_names(string column)
    {
        _engine.Set("column", column);
        _engine.Set("key", Secrets.Secure("key-of-the-tests"));

        var result = _engine.Run(
            $"$PSDefaultParameterValues.Clear(); Connect-WixInbox -ApiKey $key -SiteId {Engine.Guid1}; "
                + $"[pscustomobject]@{{ LiteralPath = 'b.txt'; $column = '{Engine.Guid2}' }} | Import-WixInboxMedia");

        Assert.Null(result.Thrown);
        Assert.Equal(["SiteNotConnected"], result.ErrorIds);
    }

    [Fact]
    public void What_cannot_be_uploaded_is_an_error_and_the_rest_goes_on()
    {
        File.WriteAllText(_folder.File("empty.txt"), string.Empty);
        File.WriteAllText(_folder.File("text.png"), "some text");

        var result = _engine.Run(
            "Import-WixInboxMedia none.png, *.none, empty.txt, text.png, ., nodrive:\\a, Env:PATH, b.txt");

        Assert.Equal(
            [
                "FileNotFound", "FileNotFound", "FileEmpty", "FileTypeMismatch", "FileNotFound", "PathInvalid",
                "PathInvalid",
            ],
            result.ErrorIds);
        Assert.Equal(
            ["ObjectNotFound", "ObjectNotFound", "InvalidData", "InvalidData"],
            result.Errors.Take(4).Select(error => error.CategoryInfo.Category.ToString()));
        Assert.Equal(_folder.File("none.png"), result.Errors[0].TargetObject);
        Assert.Equal([_folder.File("b.txt")], result.OutputOf("Path"));
    }

    [Fact]
    public void An_address_is_fetched_by_Wix_and_waited_for()
    {
        _site.Status.Enqueue("PENDING");
        _site.Status.Enqueue("PENDING");

        var result = _engine.Run(
            "[pscustomobject]@{ Url = 'https://example.com/x'; DisplayName = 'x.png' } | Import-WixInboxMedia");

        Assert.Equal(["Ready"], result.OutputOf("OperationStatus"));
        Assert.Equal(["POST /import", "GET /get-file-by-id", "GET /get-file-by-id"], _site.Requests);
        Assert.Equal("""{"url":"https://example.com/x","displayName":"x.png"}""", _site.Handler.Requests[0].Body);
    }

    [Fact]
    public void With_no_time_it_is_not_waited_for()
    {
        _site.Status.Enqueue("PENDING");

        Assert.Equal(
            ["Pending"],
            _engine.Run("Import-WixInboxMedia -Url https://example.com/x -ReadyWaitSec 0").OutputOf("OperationStatus"));
        Assert.Equal(["POST /import"], _site.Requests);
    }

    [Theory]
    [InlineData("FAILED", "MediaFailed", "InvalidResult")]
    [InlineData("PENDING", "MediaNotReady", "OperationTimeout")]
    public void What_never_is_ready_is_an_error(string status, string id, string category)
    {
        Enumerable.Repeat(status, 50).ToList().ForEach(_site.Status.Enqueue);

        var result = _engine.Run("Import-WixInboxMedia -Url https://example.com/x");

        Assert.Equal([id], result.ErrorIds);
        Assert.Equal(category, result.Errors[0].CategoryInfo.Category.ToString());
        Assert.Equal("https://example.com/x", result.Errors[0].TargetObject);
        Assert.Contains("f1", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED", "PermissionDenied")]
    [InlineData(401, null, "Unauthorized")]
    public void The_missing_permission_is_named_and_ends_it(int status, string? code, string id)
    {
        _site.Special = request =>
            request.Path.EndsWith("url", StringComparison.Ordinal) ? StubHandler.Error(status, code) : null;

        var result = _engine.Run("Import-WixInboxMedia a.png, b.txt");

        Assert.Equal([id], result.ErrorIds);
        Assert.Contains(
            "Manage Media Manager (SCOPE.DC-MEDIA.MANAGE-MEDIAMANAGER)",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Single(_site.Requests);
    }

    [Theory]
    [InlineData("SITE_QUOTA_EXCEEDED", "MediaQuotaExceeded")]
    [InlineData("FILE_SIZE_OVER_LIMIT", "FileTooLarge")]
    [InlineData("UNSUPPORTED_FILE_FORMAT", "FileRefused")]
    public void What_Wix_does_not_take_is_told_by_its_rule(string rule, string id)
    {
        _site.Special = _ => StubHandler.Json(400, """{"message":"No.","details":{"validationError":{"fieldViolations":[{"field":"sizeInBytes","description":"Not this.","violatedRule":"CUSTOM","ruleName":"RULE"}]}}}""".Replace("RULE", rule, StringComparison.Ordinal));

        var result = _engine.Run("Import-WixInboxMedia a.png");

        Assert.Equal([id], result.ErrorIds);
        Assert.Contains("Not this.", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_needs_no_connection_and_uploads_nothing()
    {
        using var engine = new Engine(host: new RecordingHost());

        var result = engine.Run(
            $"Import-WixInboxMedia '{_folder.File("a.png")}', '{_folder.File("none")}' -WhatIf; "
                + "Import-WixInboxMedia -Url https://example.com/x -WhatIf");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Output);
        Assert.Equal(["FileNotFound"], result.ErrorIds);
    }

    [Theory]
    [InlineData(
        "$files = Import-WixInboxMedia a.png, a.png; "
            + "Send-WixInboxMessage -ConversationId {0} -Image $files -File $files[0] -Connection $connection")]
    [InlineData(
        "$files = Import-WixInboxMedia a.png, a.png; [pscustomobject]@{{ ConversationId = '{0}'; Pictures = $files }} "
            + "| Send-WixInboxMessage -Image {{ $_.Pictures }} -File {{ $_.Pictures[0] }} -Connection $connection")]
    public void What_it_gives_can_be_sent(string script)
    {
        var result = _engine.Run(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Engine.Guid1));

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        var sent = Assert.Single(_site.Sent);
        Assert.Equal(
            ("f1", "f2", "480"),
            (
                sent["message.content.basic.items.0.image.id"],
                sent["message.content.basic.items.1.image.id"],
                sent["message.content.basic.items.1.image.width"]));
        Assert.Equal(
            ("f1", "image/png"),
            (sent["message.content.basic.items.2.file.id"], sent["message.content.basic.items.2.file.mimeType"]));
    }

    [Fact]
    public void The_secrets_are_in_nothing_that_is_shown()
    {
        _site.Special = request =>
            request.Method == "PUT" ? StubHandler.Error(400, "REFUSED", $"No upload {MediaSite.UploadToken}.") : null;

        var result = _engine.Run("Import-WixInboxMedia a.png -Verbose -Debug");

        Assert.Equal(["FileRefused"], result.ErrorIds);
        Assert.DoesNotContain(result.AllStreams, text => text.Contains(MediaSite.UploadToken, StringComparison.Ordinal)
            || text.Contains("token-of-the-tests", StringComparison.Ordinal));
    }
}
