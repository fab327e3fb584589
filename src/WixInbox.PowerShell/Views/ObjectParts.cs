using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Views;

/// <summary>
/// The parts of an object by the names of their properties, so that an object and what a file or a job gives back of it
/// are read alike.
/// </summary>
internal static class ObjectParts
{
    /// <summary>Gets all that a message's content says, in the order in which it is shown.</summary>
    public static IEnumerable<object?> Texts(object? content) =>
    [
        .. Get(content, "Basic.Items").SelectMany(item => Get(item, "Text").Concat(Media(item))),
        .. Get(content, "Template").SelectMany(card => Get(card, "Title").Concat(Get(card, "TextLines"))
            .Concat(Get(card, "Buttons.Label").Select(label => $"[{label}]"))),
        .. Get(content, "Minimal.Text"),
        .. Get(content, "Form").SelectMany(form => Get(form, "Title").Concat(Get(form, "Description"))),
        .. Get(content, "Form.Fields").Select(
            field => $"{Get(field, "Name").FirstOrDefault()}: {Get(field, "Value").FirstOrDefault()}"),
        .. Get(content, "Form.Media").SelectMany(Media),
        .. Get(content, "System.Text"),
    ];

    /// <summary>Gets what one part of a message says for itself.</summary>
    public static IEnumerable<object?> Own(object? part) =>
    [
        .. Get(part, "Label"),
        .. Get(part, "Name").Select(name => string.Join(": ", new[] { name }.Concat(Get(part, "Value")))),
        .. Get(part, "Text"),
        .. Media(part),
        .. Get(part, "Url"),
        .. Get(part, "InteractionId"),
        .. Get(part, "Title"),
        .. Get(part, "Items").SelectMany(Own),
        .. Get(part, "Fields").SelectMany(Own),
    ];

    /// <summary>Follows a path of properties into lists. What is not there gives nothing.</summary>
    public static IEnumerable<object> Get(object? source, string path)
    {
        IEnumerable<object?> found = [source];
        foreach (var name in path.Split('.'))
        {
            found = found.OfType<object>().SelectMany(
                item => LanguagePrimitives.GetEnumerable(PSObject.AsPSObject(item).Properties[name]?.Value) is { } list
                    ? list.Cast<object?>()
                    : [PSObject.AsPSObject(item).Properties[name]?.Value]);
        }

        return found.Select(RowValues.Unwrap).OfType<object>();
    }

    private static IEnumerable<object?> Media(object? item) =>
    [
        .. Get(item, "Image.Url").Select(url => $"[image {url}]"),
        .. Get(item, "File").Select(
            file => $"[file {Get(file, "Filename").Concat(Get(file, "Url")).FirstOrDefault()}]"),
    ];
}
