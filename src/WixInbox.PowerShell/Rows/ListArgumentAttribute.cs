using System.Collections;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Lets a parameter that is no list be given several values: the engine refuses them with words that help nobody, or
/// takes one for all.
/// </summary>
internal sealed class ListArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        RowValues.Unwrap(inputData) is IList and not IDictionary and { Count: not 1 } list
            ? new RowValue.ItemList(list)
            : inputData;
}
