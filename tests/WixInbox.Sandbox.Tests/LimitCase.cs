namespace WixInbox.Sandbox.Tests;

/// <summary>
/// A documented limit: the request that has a given size in the limited field, and what must happen beyond.
/// </summary>
internal sealed record LimitCase(string Path, int Limit, string Rule, Func<int, string> Request)
{
    public static IReadOnlyList<LimitCase> Upper { get; } =
    [
        Length("message.content.previewText", 256, n => Api.WithContent(
            $$$"""{"previewText":"{{{Text(n)}}}","minimal":{"text":"x"}}""")),
        Length("message.content.basic.items[0].text", 16384, n => Item($$"""{"text":"{{Text(n)}}"}""")),
        Length("message.content.basic.items[0].image.id", 2000, n => Item($$$"""{"image":{"id":"{{{Text(n)}}}"}}""")),
        Length("message.content.basic.items[0].image.url", 2000, n => Item($$$"""{"image":{"url":"{{{Url(n)}}}"}}""")),
        Length("message.content.basic.items[0].image.filename", 255, n => Item(
            $$$"""{"image":{"filename":"{{{Text(n)}}}"}}""")),
        Length("message.content.basic.items[0].file.id", 2000, n => Item($$$"""{"file":{"id":"{{{Text(n)}}}"}}""")),
        Length("message.content.basic.items[0].file.url", 2000, n => Item($$$"""{"file":{"url":"{{{Url(n)}}}"}}""")),
        Length("message.content.basic.items[0].file.filename", 255, n => Item(
            $$$"""{"file":{"filename":"{{{Text(n)}}}"}}""")),
        Length("message.content.basic.items[0].file.mimeType", 100, n => Item(
            $$$"""{"file":{"mimeType":"{{{Text(n)}}}"}}""")),
        Length("message.content.template.imageUrl", 2000, n => Template($$""" "imageUrl":"{{Url(n)}}" """)),
        Size("message.content.template.textLines", 10, n => Template($$""" "textLines":[{{Many("\"l\"", n)}}] """)),
        Length("message.content.template.textLines[0]", 512, n => Template($$""" "textLines":["{{Text(n)}}"] """)),
        Size("message.content.template.buttons", 10, n => Template(
            $$""" "buttons":[{{Many("""{"label":"b"}""", n)}}] """)),
        Length("message.content.template.buttons[0].label", 16384, n => Template(
            $$""" "buttons":[{"label":"{{Text(n)}}"}] """)),
        Length("message.content.template.buttons[0].launchUrl", 16384, n => Template(
            $$""" "buttons":[{"label":"b","launchUrl":"{{Url(n)}}"}] """)),
        Length("message.content.template.buttons[0].postbackProperties.interactionId", 256, n => Template(
            $$$""" "buttons":[{"label":"b","postbackProperties":{"interactionId":"{{{Text(n)}}}"}}] """)),
        Length("message.content.minimal.text", 16384, n => Minimal($$""" "text":"{{Text(n)}}" """)),
        Length("message.content.minimal.iconUrl", 2000, n => Minimal($$""" "text":"x","iconUrl":"{{Url(n)}}" """)),
        Length("message.content.minimal.url", 2000, n => Minimal($$""" "text":"x","url":"{{Url(n)}}" """)),
        Length("message.content.form.title", 256, n => Form($$""" "title":"{{Text(n)}}" """)),
        Length("message.content.form.description", 16384, n => Form($$""" "description":"{{Text(n)}}" """)),
        Size("message.content.form.fields", 15, n => Api.WithContent(
            $$$"""{"form":{"fields":[{{{Many("{}", n)}}}]}}""")),
        Length("message.content.form.fields[0].name", 8192, n => Api.WithContent(
            $$$"""{"form":{"fields":[{"name":"{{{Text(n)}}}"}]}}""")),
        Length("message.content.form.fields[0].value", 8192, n => Api.WithContent(
            $$$"""{"form":{"fields":[{"value":"{{{Text(n)}}}"}]}}""")),
        Size("message.content.form.media", 15, n => Form($$""" "media":[{{Many("""{"image":{"id":"i"}}""", n)}}] """)),
        Length("message.content.form.media[0].file.filename", 255, n => Form(
            $$$""" "media":[{"file":{"filename":"{{{Text(n)}}}"}}] """)),
        Size("message.badges", 1, n => Api.WithFields($$""" "badges":[{{Many("""{"text":"b"}""", n)}}] """)),
        Size("message.targetChannels", 1, n => Api.WithFields($$""" "targetChannels":[{{Many("\"CHAT\"", n)}}] """)),
        Size("message.targetChannelIds", 100, n => Api.WithFields($$""" "targetChannelIds":[{{Many("\"c\"", n)}}] """)),
        Length("message.targetChannelIds[0]", 100, n => Api.WithFields($$""" "targetChannelIds":["{{Text(n)}}"] """)),
        Length("message.sourceChannelId", 100, n => Api.WithFields($$""" "sourceChannelId":"{{Text(n)}}" """)),
    ];

    /// <summary>Where one less than the limit, that is nothing at all, is too little.</summary>
    public static IReadOnlyList<LimitCase> Lower { get; } =
    [
        new("message.content.basic.items", 1, "MIN_SIZE", n => Api.WithContent(
            $$$"""{"basic":{"items":[{{{Many("""{"text":"x"}""", n)}}}]}}""")),
        new("message.content.basic.items[0].text", 1, "MIN_LENGTH", n => Item($$"""{"text":"{{Text(n)}}"}""")),
        new("message.content.template.buttons[0].label", 1, "MIN_LENGTH", n => Template(
            $$""" "buttons":[{"label":"{{Text(n)}}"}] """)),
        new("message.content.template.buttons[0].postbackProperties.interactionId", 1, "MIN_LENGTH", n => Template(
            $$$""" "buttons":[{"label":"b","postbackProperties":{"interactionId":"{{{Text(n)}}}"}}] """)),
        new("message.content.minimal.text", 1, "MIN_LENGTH", n => Minimal($$""" "text":"{{Text(n)}}" """)),
        new("message.content.form.title", 1, "MIN_LENGTH", n => Form($$""" "title":"{{Text(n)}}" """)),
        new("message.content.form.description", 1, "MIN_LENGTH", n => Form($$""" "description":"{{Text(n)}}" """)),
        new("message.content.form.fields", 1, "MIN_SIZE", n => Api.WithContent(
            $$$"""{"form":{"fields":[{{{Many("{}", n)}}}]}}""")),
    ];

    private static LimitCase Length(string path, int limit, Func<int, string> request) =>
        new(path, limit, "MAX_LENGTH", request);

    private static LimitCase Size(string path, int limit, Func<int, string> request) =>
        new(path, limit, "MAX_SIZE", request);

    private static string Text(int length) => new('x', length);

    private static string Url(int length) => "https://a.example/".PadRight(length, 'x');

    private static string Many(string item, int count) => string.Join(",", Enumerable.Repeat(item, count));

    private static string Item(string item) => Api.WithContent($$$"""{"basic":{"items":[{{{item}}}]}}""");

    private static string Template(string fields) => Api.WithContent($$$"""{"template":{{{{fields}}}}}""");

    private static string Minimal(string fields) => Api.WithContent($$$"""{"minimal":{{{{fields}}}}}""");

    private static string Form(string fields) =>
        Api.WithContent($$$"""{"form":{"fields":[{"name":"n","value":"v"}],{{{fields}}}}}""");
}
