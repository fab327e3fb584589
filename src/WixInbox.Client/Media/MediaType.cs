namespace WixInbox;

/// <summary>What the site's Media Manager takes a file for.</summary>
public enum MediaType
{
    /// <summary>Wix does not say (<c>UNKNOWN</c>).</summary>
    Unknown,

    /// <summary>An image (<c>IMAGE</c>).</summary>
    Image,

    /// <summary>A film (<c>VIDEO</c>).</summary>
    Video,

    /// <summary>A sound (<c>AUDIO</c>).</summary>
    Audio,

    /// <summary>A document (<c>DOCUMENT</c>).</summary>
    Document,

    /// <summary>A drawing, such as an SVG (<c>VECTOR</c>).</summary>
    Vector,

    /// <summary>Files in one, such as a ZIP (<c>ARCHIVE</c>).</summary>
    Archive,

    /// <summary>A three-dimensional model (<c>MODEL3D</c>).</summary>
    Model3d,

    /// <summary>Something else (<c>OTHER</c>).</summary>
    Other,
}
