using System.Globalization;
using System.Net;

namespace WixInbox.Pages;

/// <summary>
/// An element of a page. Whatever is put into one is text, and is written as text: there is no way to put markup into
/// it, and none to give it an address, a style or a script apart from the methods below that look at what they get.
/// </summary>
internal sealed class Html
{
    // The elements that have no content, and no end.
    private static readonly string[] s_void = ["meta", "br", "img"];

    private readonly string _name;
    private readonly List<(string Name, string Value)> _attributes = [];
    private readonly List<object> _content = [];

    private Html(string name)
    {
        _name = name;
    }

    /// <summary>Makes an element.</summary>
    /// <param name="tag">
    /// Its name, and its class if it has one: <c>p.note</c>. It is a part of the program, and never of the data.
    /// </param>
    /// <param name="content">Elements, or rows of them, and texts. What is null is left out.</param>
    /// <returns>The element.</returns>
    public static Html Tag(string tag, params object?[] content)
    {
        var names = tag.Split('.');
        var element = new Html(Name(names[0]));
        if (names.Length > 1)
        {
            element.With("class", string.Join(" ", names.Skip(1).Select(Name)));
        }

        foreach (var part in content)
        {
            element.Add(part);
        }

        return element;
    }

    /// <summary>
    /// Makes an element of a text that came from elsewhere, so that its direction of writing stays its own.
    /// </summary>
    public static Html Data(string? text) => Tag("bdi", text).With("dir", "auto");

    /// <summary>
    /// Makes a link to a page elsewhere; of an address that is none of a page, such as <c>javascript:</c>, its text
    /// alone.
    /// </summary>
    /// <param name="address">The address, from wherever.</param>
    /// <param name="content">What is shown; the address itself if there is nothing.</param>
    /// <returns>The link.</returns>
    public static Html Link(string? address, params object?[] content)
    {
        object?[] shown = content.Length == 0 ? [Data(address)] : content;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? Tag("a", shown).Set("href", uri.AbsoluteUri).With("rel", "noreferrer noopener").With("target", "_blank")
            : Tag("span", shown);
    }

    /// <summary>Makes a link to another place of the page.</summary>
    public static Html Jump(string id, params object?[] content) => Tag("a", content).Set("href", "#" + id);

    /// <summary>Makes a picture that is in the page itself, so that it is fetched from nowhere.</summary>
    /// <param name="mediaType">What it is, for example <c>image/png</c>.</param>
    /// <param name="content">The picture.</param>
    /// <param name="instead">What stands for it where it cannot be seen.</param>
    public static Html Picture(string mediaType, byte[] content, string instead) =>
        Tag("img").Set("src", $"data:{mediaType};base64,{Convert.ToBase64String(content)}").With("alt", instead);

    /// <summary>Sets an attribute that holds words or a number, and no address, style or script.</summary>
    public Html With(string name, string? value)
    {
        if (Name(name) is "href" or "src" or "srcset" or "style" or "action" or "data"
            || name.StartsWith("on", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The attribute {name} is not for any text.", nameof(name));
        }

        return value is null ? this : Set(name, value);
    }

    /// <summary>Sets an attribute that is a number.</summary>
    public Html With(string name, double value) => With(name, value.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Writes the element as HTML.</summary>
    public void Write(TextWriter to)
    {
        to.Write('<');
        to.Write(_name);
        foreach (var (name, value) in _attributes)
        {
            to.Write(' ');
            to.Write(name);
            to.Write("=\"");
            WebUtility.HtmlEncode(VisibleText.Of(value), to);
            to.Write('"');
        }

        to.Write('>');
        if (s_void.Contains(_name))
        {
            return;
        }

        foreach (var part in _content)
        {
            if (part is Html element)
            {
                element.Write(to);
            }
            else
            {
                WebUtility.HtmlEncode(VisibleText.Of((string)part), to);
            }
        }

        to.Write("</");
        to.Write(_name);
        to.Write('>');
    }

    private static string Name(string name) =>
        name.Length > 0
        && name.All(letter => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-')
            ? name
            : throw new ArgumentException($"'{name}' is no name of an element, an attribute or a class.", nameof(name));

    private Html Set(string name, string value)
    {
        _attributes.Add((name, value));
        return this;
    }

    private void Add(object? part)
    {
        switch (part)
        {
            case null:
                break;
            case string or Html:
                _content.Add(part);
                break;
            case IEnumerable<Html> elements:
                _content.AddRange(elements);
                break;
            default:
                throw new ArgumentException($"{part.GetType()} is no content.", nameof(part));
        }
    }
}
