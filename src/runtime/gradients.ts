/**
 * Registers the gradient of every TensorFlow.js operation. tfjs-core alone registers none; every
 * loader imports this one place, so that no runtime can be loaded without gradients.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
