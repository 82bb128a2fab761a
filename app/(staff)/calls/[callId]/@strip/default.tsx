/** No page of a call is without a strip; Next asks for one all the same. */
export default function NoStrip() {
  return null;
}
