namespace WixInbox.Rows;

/// <summary>The texts of a row that a customer reads or follows, by the parameter that they come from.</summary>
internal static class RowTexts
{
    /// <summary>The parameters whose texts are read.</summary>
    public static readonly string[] Read =
        ["Text", "Title", "Description", "TextLine", "Button", "Field", "PreviewText", "Badge", "Content"];

    /// <summary>These, and those whose texts are addresses of the web.</summary>
    public static readonly string[] All = [.. Read, "Url", "IconUrl", "ImageUrl", "FileUrl"];

    /// <summary>Gets the texts that a row has for a parameter.</summary>
    /// <returns>The texts; none if the row has nothing for it.</returns>
    public static string[] Of(Row row, string parameter) => row.Get<object>(parameter) switch
    {
        null => [],
        string text => [text],
        string?[] texts => [.. texts.OfType<string>()],
        Button?[] buttons => [.. In(buttons).OfType<string>()],
        FormField?[] fields => [.. In(fields).OfType<string>()],
        Badge badge => [.. new[] { badge.Text, badge.IconUrl }.OfType<string>()],
        MessageContent content => [.. In(content).OfType<string>()],
        _ => [],
    };

    private static IEnumerable<string?> In(Button?[]? buttons) =>
        (buttons ?? []).SelectMany(button => new[] { button?.Label, button?.LaunchUrl });

    private static IEnumerable<string?> In(FormField?[]? fields) =>
        (fields ?? []).SelectMany(field => new[] { field?.Name, field?.Value });

    private static IEnumerable<string?> In(MessageContent content) =>
    [
        .. (content.Basic?.Items ?? []).Select(item => item?.Text),
        content.Template?.Title,
        .. content.Template?.TextLines ?? [],
        .. In(content.Template?.Buttons),
        content.Minimal?.Text,
        content.Minimal?.Url,
        content.Form?.Title,
        content.Form?.Description,
        .. In(content.Form?.Fields),
        content.System?.Text,
        .. In(content.System?.Buttons),
        content.PreviewText,
    ];
}
