using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>
/// Makes an address of a text. One that is none is refused in words that do not repeat it, where the engine's own
/// refusal would: it may have a password in it, as in <c>http://ada:pass/word@proxy:8080</c>.
/// </summary>
internal sealed class AddressAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        RowValues.Unwrap(inputData) is not string text ? inputData
        : Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address) ? address
        : throw new ArgumentTransformationMetadataException(
            "This is not an address. Give it in full, as in http://localhost:8080, and without a name and a password, "
                + "which -ProxyCredential takes for a proxy.");
}
