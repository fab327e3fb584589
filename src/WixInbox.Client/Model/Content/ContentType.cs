namespace WixInbox;

/// <summary>
/// What kind of content a message has. The API states it in some responses and takes none: the content that is there
/// says it.
/// </summary>
public enum ContentType
{
    /// <summary>Text, images and files (<c>BASIC</c>).</summary>
    Basic,

    /// <summary>A card with buttons (<c>TEMPLATE</c>).</summary>
    Template,

    /// <summary>A line that reports an event (<c>MINIMAL</c>).</summary>
    Minimal,

    /// <summary>A form that was filled in (<c>FORM</c>).</summary>
    Form,

    /// <summary>A message of Wix itself (<c>SYSTEM</c>).</summary>
    System,

    /// <summary>A kind that the API cannot show (<c>UNSUPPORTED</c>).</summary>
    Unsupported,
}
