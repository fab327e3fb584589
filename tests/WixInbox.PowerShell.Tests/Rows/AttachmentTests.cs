namespace WixInbox.PowerShell.Tests;

/// <summary>Send-WixInboxMessage and Test-WixInboxMessage with files of this machine.</summary>
public sealed class AttachmentTests : IDisposable
{
    private const string Rows =
        "function Rows($paths) { $n = 0; foreach ($path in $paths) { $n++; [pscustomobject]@{ N = $n; "
        + "ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n; ImagePath = $path; Text = \"x $n\" } } };";

    private readonly MediaSite _site = new();
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingHost _host = new();
    private readonly Engine _engine;

    public AttachmentTests()
    {
        File.Copy(StagedModule.Picture, _folder.File("a.png"));
        File.Copy(StagedModule.Picture, _folder.File("b[1].png"));
        File.WriteAllText(_folder.File("c.txt"), "some text");
        _engine = NewEngine();
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_column_of_each_row_is_uploaded_once_and_sent()
    {
        var result = _engine.Run("Rows a.png, 'b[1].png', a.png, '', './a.png' | Send-WixInboxMessage");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(5, result.Output.Count);
        Assert.Equal(2, _site.Requests.Count(request => request == "PUT /*"));
        Assert.Equal(2, _site.Requests.Count(request => request == "POST /generate-upload-url"));
        var ids = _site.Sent.ToDictionary(
            sent => sent["message.content.basic.items.0.text"]!,
            sent => sent["message.content.basic.items.1.image.id"]);
        Assert.Equal([ids["x 1"], ids["x 1"], null], new[] { ids["x 3"], ids["x 5"], ids["x 4"] });
        Assert.NotEqual(ids["x 1"], ids["x 2"]);
        Assert.All(
            _site.Sent.Where(sent => ids[sent["message.content.basic.items.0.text"]!] is not null),
            sent => Assert.Equal(
                ("480", "270"),
                (
                    sent["message.content.basic.items.1.image.width"],
                    sent["message.content.basic.items.1.image.height"])));
    }

    [Fact]
    public void A_script_block_gives_several_and_all_kinds_go_in_one_message()
    {
        var result = _engine.Run("""Rows 'a.png;b[1].png' | Send-WixInboxMessage -ImagePath { $_.ImagePath -split ';' } -FilePath c.txt -ImageUrl https://example.com/i.png""");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        var items = Assert.Single(_site.Sent).Json["message"]!["content"]!["basic"]!["items"]!.AsArray();
        Assert.Equal(["text", "image", "image", "image", "file"], items.Select(item => item!.AsObject().First().Key));
        Assert.Equal("text/plain", items[4]!["file"]!["mimeType"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "-ImagePath { Get-ChildItem $_.ImagePath } sends all files that match.")]
    [InlineData("-ImagePath { $_.ImagePath }", "-ImagePath { Get-ChildItem … }, with what the block has now, sends")]
    [InlineData("-ImagePath '*.png'", "-ImagePath (Get-ChildItem '*.png') sends all files that match.")]
    public void The_line_for_wildcards_sends_each_row_its_own_files(string parameters, string words)
    {
        var result = _engine.Run($"Rows 'a*.png' | Send-WixInboxMessage {parameters}");

        Assert.Equal(["FileNotFound"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Send-WixInboxMessage", 3, "Row 2: Key is empty, and the block of -FilePath reads it. The files that")]
    [InlineData("Test-WixInboxMessage", 2, "Key is empty in 2 rows (2, 3), and the block of -FilePath reads it: the")]
    public void Files_that_a_block_finds_by_an_empty_column_are_told_of(string cmdlet, int warnings, string words)
    {
        var result = _engine.Run($$"""
            $rows = Rows 'a', 'b', 'c', 'd' | Select-Object ConversationId, Text, @{ n = 'Key'; e = { $_.ImagePath } }
            $rows[0].Key = 'c'; $rows[1].Key = ''; $rows[2].Key = ''; $rows[3].Key = 'none'
            $rows | {{cmdlet}} -FilePath { Get-ChildItem "{{_folder.Path}}/$($_.Key)*.*" }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.StartsWith(words, result.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_column_by_which_nothing_was_found_is_no_others_file()
    {
        var result = _engine.Run("Rows 'a.png', '' | Send-WixInboxMessage -ImagePath { $_.ImagePath }");

        Assert.DoesNotContain(result.Warnings, one => one.Contains("another row's", StringComparison.Ordinal));
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void A_row_with_a_file_whose_block_gives_no_text_is_told_of_before_it_leaves()
    {
        const string Script = "Rows 'a.png', 'a.png', 'a.png' | "
            + "ForEach-Object { if ($_.N -ne 1) { $_.Text = ' ' }; $_ } | "
            + "Send-WixInboxMessage -Text { $_.Text } -ThrottleLimit 1";

        var result = _engine.Run(Script);

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(
            [
                "Row 2: the block of -Text gives nothing, and what is sent is the picture or the file alone. Further "
                    + "such rows are counted at the end.",
                "The block of -Text gives nothing in 2 rows (2, 3), which have a picture or a file alone.",
            ],
            result.Warnings);
        _engine.Run(Script + " -WarningAction Stop");
        Assert.Equal(4, _site.Sent.Length);
    }

    [Theory]
    [InlineData("-ImagePath { if ($_.ImagePath) { 'a.png' } }", "-ImagePath")]
    [InlineData("-ImagePath { $_.ImagePath }", "-ImagePath")]
    [InlineData("-FilePath { if ($_.ImagePath) { Get-ChildItem a.p* } }", "-FilePath")]
    [InlineData("-ImageUrl { if ($_.ImagePath) { 'https://e.example/1.png' } }", "-ImageUrl")]
    [InlineData("-File { if ($_.ImagePath) { @{ Url = 'https://e.example/1.pdf' } } }", "-File")]
    [InlineData("-Image { if ($_.ImagePath) { @{ Url = 'https://e.example/1.png' } } }", "-Image")]
    public void A_row_without_a_file_after_one_with_a_file_is_told_of_before_it_leaves(
        string parameters, string parameter)
    {
        var script = "Rows 'a.png', '', 'a.png', '' | Select-Object N, ConversationId, Text, ImagePath | "
            + $"Send-WixInboxMessage -Text {{ $_.Text }} {parameters} -ThrottleLimit 1";

        var result = _engine.Run(script);

        Assert.Equal(4, result.Output.Count);
        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            $"Row 2: the block of {parameter} gives nothing, although it gave something for an earlier row.",
            result.Warnings[0],
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"The block of {parameter} gives nothing in 2 rows (2, 4)", result.Warnings[1], StringComparison.Ordinal);
        _engine.Run(script + " -WarningAction Stop");
        Assert.Equal(5, _site.Sent.Length);
    }

    [Theory]
    [InlineData("'', ''", 1)]
    [InlineData("'', 'a.png'", 1)]
    [InlineData("'a.png', 'a.png'", 0)]
    [InlineData("''", 1)]
    public void Rows_without_a_file_are_counted_at_the_end(string paths, int warnings)
    {
        var result = _engine.Run($"Rows {paths} | Test-WixInboxMessage -ImagePath {{ $_.ImagePath }}");

        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Warnings, one => Assert.StartsWith(
            "The block of -ImagePath gives nothing in ", one, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_sent_is_its_rows_error_with_column_and_path()
    {
        File.WriteAllText(_folder.File("empty.png"), string.Empty);
        File.WriteAllText(_folder.File("text.jpg"), "some text");

        var result = _engine.Run(
            "Rows none.png, empty.png, text.jpg, c.txt, 'nodrive:\\a.png', '*.png', a.png | Send-WixInboxMessage");

        Assert.Equal(
            ["FileNotFound", "FileEmpty", "FileTypeMismatch", "ImageTypeUnknown", "PathInvalid", "FileNotFound"],
            result.ErrorIds);
        Assert.Equal(
            $"Row 1: column ImagePath: There is no file '{_folder.File("none.png")}'. Nothing was sent.",
            result.Errors[0].ToString());
        Assert.Contains("-FilePath sends it as a file.", result.Errors[3].ToString(), StringComparison.Ordinal);
        Assert.All(
            result.Errors, error => Assert.Equal("WixInbox.WixInboxException", error.Exception.GetType().FullName));
        Assert.Equal(1, ((System.Management.Automation.PSObject)result.Errors[0].TargetObject).Properties["N"].Value);
        Assert.Equal("x 7", Assert.Single(_site.Sent)["message.content.basic.items.0.text"]);
    }

    [Fact]
    public void Test_finds_the_same_and_uploads_nothing()
    {
        var result = _engine.Run("Rows none.png, a.png, c.txt | Test-WixInboxMessage");

        Assert.Equal(["False", "True", "False"], result.OutputOf("Valid"));
        Assert.Equal(
            $"column ImagePath: There is no file '{_folder.File("none.png")}'.", result.OutputOf("Problem")[0]);
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public void What_if_counts_the_uploads_and_uploads_nothing()
    {
        _engine.Run(
            "Rows a.png, a.png, 'b[1].png', none.png | Send-WixInboxMessage -WhatIf -ErrorAction SilentlyContinue");

        // Three messages, and two requests for each of two files.
        Assert.Contains(
            _host.Lines, line => line.Contains("3 of 4 rows would be sent, with 7 requests", StringComparison.Ordinal));
        Assert.Empty(_site.Requests);
    }

    [Fact]
    public void The_missing_permission_is_named_and_those_without_a_file_go_on()
    {
        _site.Special = request =>
            request.Path.EndsWith("url", StringComparison.Ordinal) ? StubHandler.Error(403, "PERMISSION_DENIED") : null;

        var result = _engine.Run("Rows a.png, 'b[1].png', '' | Send-WixInboxMessage");

        Assert.Null(result.Thrown);
        Assert.Equal(["PermissionDenied", "PermissionDenied"], result.ErrorIds);
        Assert.StartsWith(
            $"Row 2: column ImagePath: '{_folder.File("b[1].png")}' could not be uploaded, and the message to "
                + "conversation 5f0c7f3e-6f0e-4d3c-9b7a-000000000002 was not sent.",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "needs the permission Manage Media Manager (SCOPE.DC-MEDIA.MANAGE-MEDIAMANAGER)",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
        Assert.Single(_site.Sent);

        // Both may ask at once; whoever comes later knows.
        Assert.InRange(_site.Requests.Count(request => request == "POST /generate-upload-url"), 1, 2);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ FilePath = 'c.txt' } | ", "", "Row 1: column FilePath: '")]
    [InlineData("", "-FilePath c.txt", "-FilePath: '")]
    [InlineData("[pscustomobject]@{ ImagePath = 'x.png' } | ", "-ImagePath { 'a.png' }", "Row 1: -ImagePath: '")]
    public void The_error_of_an_upload_names_the_column_or_parameter_that_the_path_is_from(
        string row, string parameter, string words)
    {
        _site.Special = request => request.Method == "PUT" ? StubHandler.Error(400) : null;

        var result = _engine.Run($"{row}Send-WixInboxMessage -ConversationId {Engine.Guid1} {parameter}");

        Assert.StartsWith(words, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_uploads_for_the_rows_that_are_left_alone()
    {
        _engine.Set("journal", _folder.File("run.jsonl"));
        const string Send = "Rows a.png, 'b[1].png', a.png | Send-WixInboxMessage -Journal $journal";
        _site.Special = request =>
            request.Path == "/inbox/v2/messages" && request.Body.Contains("\"x 2\"", StringComparison.Ordinal)
                ? StubHandler.Error(408)
                : null;
        Assert.Equal(["ServiceUnavailable"], _engine.Run(Send).ErrorIds);
        _site.Special = _ => null;

        using var again = NewEngine();
        again.Set("journal", _folder.File("run.jsonl"));
        var before = _site.Requests.Length;
        var result = again.Run(Send);
        var third = again.Run(Send);

        Assert.Equal(["2"], result.OutputOf("Id"));
        Assert.Equal(["POST /generate-upload-url", "PUT /*", "POST /inbox/v2/messages"], _site.Requests[before..]);
        Assert.Empty(third.Output);
        Assert.DoesNotContain("a.png", File.ReadAllText(_folder.File("run.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_content_under_the_same_name_is_another_message()
    {
        _engine.Set("journal", _folder.File("run.jsonl"));
        Assert.Single(_engine.Run(
            "Send-WixInboxMessage -ConversationId 5f0c7f3e-6f0e-4d3c-9b7a-000000000001 -FilePath c.txt "
                + "-Journal $journal").Output);
        Assert.Empty(_engine.Run(
            "Send-WixInboxMessage -ConversationId 5f0c7f3e-6f0e-4d3c-9b7a-000000000001 -FilePath c.txt "
                + "-Journal $journal").Output);
        File.WriteAllText(_folder.File("c.txt"), "another text");

        Assert.Single(_engine.Run(
            "Send-WixInboxMessage -ConversationId 5f0c7f3e-6f0e-4d3c-9b7a-000000000001 -FilePath c.txt "
                + "-Journal $journal").Output);
    }

    [Fact]
    public void A_card_takes_none()
    {
        var result = _engine.Run(
            "Send-WixInboxMessage -ConversationId 5f0c7f3e-6f0e-4d3c-9b7a-000000000001 -Template -Title x "
                + "-ImagePath a.png");

        Assert.Equal(["ParameterCombinationInvalid"], result.ErrorIds);
    }

    [Fact]
    public void Neither_a_path_nor_an_address_is_in_the_verbose_stream()
    {
        _site.Special = request => request.Method == "PUT" && _site.Requests.Count(line => line == "PUT /*") == 1
            ? StubHandler.Error(500)
            : null;

        var result = _engine.Run("Rows a.png | Send-WixInboxMessage -Verbose -Debug");

        Assert.Single(result.Output);
        Assert.DoesNotContain(
            result.AllStreams, text => text.Contains(MediaSite.UploadToken, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("a.png", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId 5f0c7f3e-6f0e-4d3c-9b7a-000000000001 -FilePath")]
    [InlineData("Import-WixInboxMedia -LiteralPath")]
    public async Task An_upload_that_takes_time_shows_how_far_it_is_and_Control_C_ends_it(string command)
    {
        File.WriteAllBytes(_folder.File("large.own"), new byte[2 * 1024 * 1024]);
        var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await Task.Delay(request.Method == "PUT" ? Timeout.Infinite : 0, cancellationToken);
            return StubHandler.Json(200, """{"uploadUrl":"https://upload.example/token"}""");
        });
        using var run = new RunningPipeline(handler, $"{command} '{_folder.File("large.own")}'");
        await handler.WaitForAsync(2);

        var shown = await run.ProgressAsync("2.0 of 2.0 MB");
        await run.StopAsync();

        Assert.StartsWith("Uploading 2.0 of 2.0 MB", shown.StatusDescription, StringComparison.Ordinal);
        Assert.Empty(run.Errors);
        Assert.Equal(0, handler.InFlight);
        Assert.Equal(2, handler.Requests.Count);
    }

    private Engine NewEngine()
    {
        var engine = new Engine(host: _host);
        ClockedConnection.Use(engine, _site.Handler, new SkippingClock(), name: "own");
        engine.Runspace.SessionStateProxy.Path.SetLocation(_folder.Path);
        Assert.Null(engine.Run(Rows).Thrown);
        return engine;
    }
}
