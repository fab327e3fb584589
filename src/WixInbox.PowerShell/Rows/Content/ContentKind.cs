using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// What kind of content a message has, by the parameters that were typed, and which other parameters go with it.
/// </summary>
internal sealed class ContentKind
{
    private const string Switchless = "a text with images and files";

    private static readonly ContentKind[] s_kinds =
    [
        new(
            "Template",
            ContentType.Template,
            "a card (-Template)",
            ["Title", "TextLine", "ImageUrl", "Button", "Orientation"],
            "A card needs -Title, -TextLine, -ImageUrl or -Button."),
        new("Minimal", ContentType.Minimal, "a line (-Minimal)", ["Text", "IconUrl", "Url"], "-Minimal needs -Text."),
        new(
            "Form",
            ContentType.Form,
            "a form (-Form)",
            ["Title", "Description", "Field", "Media"],
            "A form needs -Field."),
        new("Content", null, "complete content (-Content)", ["Content"], "-Content is empty."),
        new(
            null,
            ContentType.Basic,
            Switchless,
            ["Text", "ImageUrl", "ImagePath", "FileUrl", "FilePath", "Image", "File"],
            "Give -Text, -ImagePath, -ImageUrl, -FilePath or -FileUrl, or a column of that name; "
                + "or another kind of content with -Template, -Minimal, -Form or -Content."),
    ];

    // The columns that may fill a parameter of the content.
    private static readonly string[] s_columns = ["Text", "ImageUrl", "ImagePath", "FileUrl", "FilePath"];

    private readonly string? _name;
    private readonly string _words;
    private readonly string[] _parameters;

    private ContentKind(string? name, ContentType? type, string words, string[] parameters, string advice)
    {
        _name = name;
        Type = type;
        _words = words;
        _parameters = parameters;
        Advice = advice;
    }

    /// <summary>Gets the kind; null where the content was given whole.</summary>
    public ContentType? Type { get; }

    /// <summary>Gets the advice for a row with nothing to send.</summary>
    public string Advice { get; }

    /// <summary>Gets a value indicating whether the message has the text of -Text.</summary>
    public bool HasText => _parameters.Contains("Text");

    /// <summary>Gets the parameters of a message that a column may fill.</summary>
    public string[] Columns => [.. s_columns.Where(_parameters.Contains), "PreviewText", "SendNotification"];

    /// <summary>Gets the parameters of a message that say something: what is typed for one is not empty.</summary>
    public IEnumerable<string> Said =>
        [.. _parameters.Where(parameter => parameter != nameof(TemplateContent.Orientation)), "PreviewText", "Badge"];

    /// <summary>Finds the kind. The cmdlet ends with an error if the parameters do not go together.</summary>
    public static ContentKind Of(PSCmdlet cmdlet)
    {
        var bound = cmdlet.MyInvocation.BoundParameters;
        ContentKind[] named =
        [
            .. s_kinds.Where(kind => kind._name is { } name
                && bound.TryGetValue(name, out var value)
                && value is not SwitchParameter { IsPresent: false }),
        ];
        if (named.Length > 1)
        {
            cmdlet.ThrowTerminatingError(ParameterErrors.KindAmbiguous(named.Select(kind => kind._name!)));
        }

        var found = named.FirstOrDefault() ?? s_kinds[s_kinds.Length - 1];
        if (s_kinds.SelectMany(kind => kind._parameters).FirstOrDefault(parameter => bound.ContainsKey(parameter)
            && !found._parameters.Contains(parameter)) is { } stray)
        {
            cmdlet.ThrowTerminatingError(ParameterErrors.OfOtherKind(
                stray,
                found._words,
                found._parameters,
                s_kinds.Where(kind => kind._parameters.Contains(stray)).Select(kind => kind._words)));
        }

        return found;
    }
}
